import { AppError } from "../../errors.ts";
import type { IntegrationOutcome } from "../../integrations/run_integrations.ts";

/** What became of an integration, for programs. */
export function outcomeData({ integration, identity, result, ms }: IntegrationOutcome) {
  const about = { integration: integration.name, kind: integration.kind, identity };
  if (!(result instanceof AppError)) return { ...about, ...result, error: null, ms };
  const error = { code: result.code, message: result.message, hint: result.hint ?? null };
  return { ...about, action: "failed", error, ms };
}
