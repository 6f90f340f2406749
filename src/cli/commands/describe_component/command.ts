import type { Flags } from "../../args/flag.ts";
import { command } from "../../args/command.ts";

export const DESCRIBE_COMPONENT_FLAGS = {
  "stack": {
    kind: "string",
    short: "s",
    placeholder: "stack",
    complete: "stack",
    summary: "Stack of the component (default: the only stack that has it)",
    env: ["ATMOS_STACK"],
  },
  "format": {
    kind: "choice",
    short: "f",
    choices: ["yaml", "json"],
    synonyms: { yml: "yaml" },
    default: "yaml",
    summary: "Output format",
  },
  "provenance": { kind: "switch", summary: "Show the file and line each value comes from" },
} as const satisfies Flags;

export const definition = command({
  name: "describe component",
  summary: "Show a component's fully resolved configuration",
  flags: DESCRIBE_COMPONENT_FLAGS,
  args: { placeholder: "component", summary: "Component name", max: 1, complete: ["component"] },
  examples: [
    { says: "Print YAML", line: "atmos describe component eks -s plat-ue2-dev" },
    {
      says: "Show where each value comes from",
      line: "atmos describe component eks -s plat-ue2-dev --provenance",
    },
  ],
  needs: ["net", "loopback", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { runDescribeComponent } = await import("./run.ts");
    return await runDescribeComponent(host, input);
  },
});
