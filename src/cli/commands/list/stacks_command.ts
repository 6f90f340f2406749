import { command } from "../../args/command.ts";
import { LIST_STACKS_FLAGS } from "./flags.ts";

export const definition = command({
  name: "list stacks",
  summary: "List the stacks",
  flags: LIST_STACKS_FLAGS,
  examples: [{ says: "Those that have a cluster", line: "atmos list stacks --component eks" }],
  needs: ["read", "env", "run", "sys", "random", "runtime", "terminal"],
  async run(host, input) {
    const { listStacks } = await import("./list_stacks.ts");
    return await listStacks(host, input);
  },
});
