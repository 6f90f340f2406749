import { command } from "../../args/command.ts";
import type { Flags } from "../../args/flag.ts";
import { NAMES_FORMAT_FLAG } from "../../output/names.ts";

export const LIST_COMPONENTS_FLAGS = {
  "stack": {
    kind: "string",
    short: "s",
    placeholder: "stack",
    complete: "stack",
    summary: "Only components of this stack",
    env: ["ATMOS_STACK"],
  },
  "abstract": { kind: "switch", summary: "Also list abstract components" },
  "format": NAMES_FORMAT_FLAG,
} as const satisfies Flags;

export const definition = command({
  name: "list components",
  summary: "List the components of stacks",
  flags: LIST_COMPONENTS_FLAGS,
  examples: [{ says: "List the components of one stack", line: "atmos list components -s plat-ue2-dev" }],
  needs: ["read", "env", "run", "sys", "random", "runtime", "terminal"],
  showsUntrusted: true,
  async run(host, input) {
    const { runListComponents } = await import("./run.ts");
    return await runListComponents(host, input);
  },
});
