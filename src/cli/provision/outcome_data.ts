import type { Broken } from "../../config/schema/entry.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { IntegrationOutcome } from "../../integrations/run_integrations.ts";
import { errorData } from "../output/report.ts";
import { describeHolder } from "../output/docker_holder.ts";
import { unusableIntegration } from "./unusable_integration.ts";

/** What became of an integration, for programs; warnings are for people, on stderr. */
export function outcomeData(host: Needs<never>, { integration, identity, result, ms }: IntegrationOutcome) {
  const about = { integration: integration.name, kind: integration.kind, identity };
  if (!(result instanceof AppError)) {
    const { dockerHolder: holder, warnings: _, ...ready } = result;
    return { ...about, ...ready, ...(holder === undefined ? {} : { kept: describeHolder(holder) }), error: null, ms };
  }
  return { ...about, action: "failed", error: errorData(host, result), ms };
}

/** The same of one that could not even be tried. */
export function brokenData(
  host: Needs<never>,
  { broken, identity }: { readonly broken: Broken; readonly identity: string },
) {
  const { name, kind = null } = broken;
  return {
    integration: name,
    kind,
    identity,
    action: "failed",
    error: errorData(host, unusableIntegration(broken)),
    ms: 0,
  };
}
