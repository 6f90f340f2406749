import { command } from "../../args/command.ts";
import type { Flags } from "../../args/flag.ts";
import { NAMES_FORMAT_FLAG } from "../../output/names.ts";

export const LIST_STACKS_FLAGS = {
  "component": {
    kind: "string",
    placeholder: "component",
    complete: "component",
    summary: "Only stacks with this component",
  },
  "format": NAMES_FORMAT_FLAG,
} as const satisfies Flags;

export const definition = command({
  name: "list stacks",
  summary: "List stacks",
  flags: LIST_STACKS_FLAGS,
  examples: [{ says: "List the stacks with a cluster", line: "atmos list stacks --component eks" }],
  needs: ["read", "env", "run", "sys", "random", "runtime", "terminal"],
  showsUntrusted: true,
  async run(host, input) {
    const { runListStacks } = await import("./run.ts");
    return await runListStacks(host, input);
  },
});
