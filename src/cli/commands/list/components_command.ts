import { command } from "../../args/command.ts";
import { LIST_COMPONENTS_FLAGS } from "./flags.ts";

export const definition = command({
  name: "list components",
  summary: "List the components of the stacks",
  flags: LIST_COMPONENTS_FLAGS,
  examples: [{ says: "Those of one stack", line: "atmos list components -s plat-ue2-dev" }],
  needs: ["read", "env", "run", "sys", "random", "runtime", "terminal"],
  async run(host, input) {
    const { listComponents } = await import("./list_components.ts");
    return await listComponents(host, input);
  },
});
