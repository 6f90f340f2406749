import { command } from "../../args/command.ts";

export const definition = command({
  name: "auth validate",
  summary: "Validate atmos.yaml and report every problem",
  flags: {
    output: { kind: "choice", choices: ["text", "json"], default: "text", summary: "Output format" },
  },
  examples: [
    { says: "Show every problem with file, line and column", line: "atmos auth validate" },
    { says: "Print JSON for a pipeline or an editor", line: "atmos auth validate --output json" },
    { says: "Validate with a configuration profile applied", line: "atmos auth validate --config-profile ci" },
  ],
  needs: ["read", "env", "run", "sys", "random", "runtime", "terminal"],
  showsUntrusted: true,
  async run(host, input) {
    const { runAuthValidate } = await import("./run.ts");
    return await runAuthValidate(host, input);
  },
});
