import type { Broken } from "../../auth/model.ts";
import { formatProblem } from "../../auth/problem_order.ts";
import { AppError } from "../../errors.ts";
import type { IntegrationOutcome } from "../../integrations/run_integrations.ts";

/** What became of an integration, for programs. */
export function outcomeData({ integration, identity, result, ms }: IntegrationOutcome) {
  const about = { integration: integration.name, kind: integration.kind, identity };
  if (!(result instanceof AppError)) return { ...about, ...result, error: null, ms };
  const error = { code: result.code, message: result.message, hint: result.hint ?? null };
  return { ...about, action: "failed", error, ms };
}

/** The same of one that could not even be tried. */
export function brokenData({ name, kind, problems }: Broken, identity: string) {
  const message = `Cannot use integration "${name}": ${formatProblem(problems[0]!)}`;
  const error = {
    code: "config-invalid",
    message,
    hint: "See every problem of the configuration: atmos auth validate",
  };
  return { integration: name, kind: kind ?? null, identity, action: "failed", error, ms: 0 };
}
