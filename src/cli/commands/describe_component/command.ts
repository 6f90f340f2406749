import { command } from "../../args/command.ts";
import { DESCRIBE_COMPONENT_FLAGS } from "./flags.ts";

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
  needs: ["read", "env", "run", "sys", "random", "runtime", "terminal"],
  async run(host, input) {
    const { describeComponent } = await import("./describe_component.ts");
    return await describeComponent(host, input);
  },
});
