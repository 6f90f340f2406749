import { command } from "../../args/command.ts";

export const definition = command({
  name: "complete",
  summary: "Answer a shell that completes a command line",
  flags: {},
  hidden: true,
  raw: true,
  examples: [],
  needs: ["read", "env", "sys", "random", "runtime", "terminal"],
  async run(host, { args }) {
    const { answer } = await import("../../completion/answer.ts");
    host.terminal.out(await answer(host, args));
    return 0;
  },
});
