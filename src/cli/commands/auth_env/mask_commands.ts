import type { Needs } from "../../../host/host.ts";

const SECRETS = ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];

/**
 * Returns the lines that make GitHub's runner hide credentials in the logs of the job: it prints what GITHUB_ENV has above
 * each later step. They go to stderr, which it reads as well: stdout may be one of its files. Nothing outside of a runner,
 * where they would be printed. Permission: env.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#masking-a-value-in-a-log
 */
export function maskCommands({ env }: Needs<"env">, variables: Readonly<Record<string, string>>): string {
  if (env.get("GITHUB_ACTIONS") !== "true") return "";
  const values = SECRETS.flatMap((name) => variables[name] || []);
  return values.map((value) => `::add-mask::${value.replaceAll("%", "%25")}\n`).join("");
}
