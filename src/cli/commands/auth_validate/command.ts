import { command } from "../../args/command.ts";

export const definition = command({
  name: "auth validate",
  summary: "Check atmos.yaml and its auth section, and tell all that is wrong at once",
  flags: {
    output: { kind: "choice", choices: ["text", "json"], default: "text", summary: "Form of the result" },
  },
  examples: [
    { says: "Every problem with file, line and column", line: "atmos auth validate" },
    { says: "For a pipeline or an editor", line: "atmos auth validate --output json" },
    { says: "With a configuration profile laid over it", line: "atmos auth validate --config-profile ci" },
  ],
  needs: ["read", "env", "run", "sys", "random", "runtime", "terminal"],
  async run(host, input) {
    const { runAuthValidate } = await import("./run.ts");
    return await runAuthValidate(host, input);
  },
});
