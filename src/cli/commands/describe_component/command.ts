import type { Flags } from "../../args/flag.ts";
import { command } from "../../args/command.ts";

export const DESCRIBE_COMPONENT_FLAGS = {
  "stack": {
    kind: "string",
    short: "s",
    placeholder: "stack",
    complete: "stack",
    summary: "Stack of the component (default: the only one that has it)",
    env: ["ATMOS_STACK"],
  },
  "format": {
    kind: "choice",
    short: "f",
    choices: ["yaml", "json"],
    synonyms: { yml: "yaml" },
    default: "yaml",
    summary: "Form of the result on stdout",
  },
  "provenance": { kind: "switch", summary: "Tell of every value which file and line it comes from" },
} as const satisfies Flags;

export const definition = command({
  name: "describe component",
  summary: "Show a component of a stack with all that it inherits",
  flags: DESCRIBE_COMPONENT_FLAGS,
  args: { placeholder: "component", summary: "Atmos component", max: 1, complete: ["component"] },
  examples: [
    { says: "As YAML", line: "atmos describe component eks -s plat-ue2-dev" },
    {
      says: "With the file and line of every value",
      line: "atmos describe component eks -s plat-ue2-dev --provenance",
    },
  ],
  needs: ["net", "loopback", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { runDescribeComponent } = await import("./run.ts");
    return await runDescribeComponent(host, input);
  },
});
