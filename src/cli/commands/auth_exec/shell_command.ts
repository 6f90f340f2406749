import { command } from "../../args/command.ts";
import { AUTH_SHELL_FLAGS } from "./shell_flags.ts";

export const definition = command({
  name: "auth shell",
  summary: "Start a shell as an identity",
  flags: AUTH_SHELL_FLAGS,
  args: {
    placeholder: "arguments",
    summary: "The shell's own arguments, after --; -l when absent",
    max: 0,
    passthrough: true,
  },
  examples: [
    { says: "As the default identity", line: "atmos auth shell" },
    { says: "zsh without its login files", line: "atmos auth shell --shell zsh -- -i" },
  ],
  needs: ["net", "loopback", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { shell } = await import("./shell.ts");
    return await shell(host, input);
  },
});
