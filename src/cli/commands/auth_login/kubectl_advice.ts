import { AppError } from "../../../errors.ts";
import { quotePosix } from "../../../formats/text/shell_quote.ts";
import type { Needs } from "../../../host/host.ts";
import { isEks } from "../../../integrations/eks/eks_integration.ts";
import type { IntegrationOutcome } from "../../../integrations/run_integrations.ts";
import { basename } from "../../../store/paths.ts";
import { isSeenByKubectl } from "../../project/kubectl_reads.ts";

export interface AdviceInput {
  readonly identity: string;
  readonly outcomes: readonly IntegrationOutcome[];
}

type AdviceHost = Needs<"env" | "read" | "sys">;

/** What to type so that kubectl finds what a login has made ready; undefined where it looks there already. */
export function kubectlAdvice(host: AdviceHost, { identity, outcomes }: AdviceInput): string | undefined {
  const paths = outcomes.flatMap(({ integration, result }) =>
    isEks(integration) && !(result instanceof AppError) ? [result.path] : []
  );
  const unseen = [...new Set(paths)].filter((path) => !isSeenByKubectl(host, path));
  return unseen.length === 0
    ? undefined
    : `kubectl does not look into ${unseen.join(" and ")} yet: ${setVariables(host, identity)}`;
}

/** For the shell that is likely there. */
function setVariables({ env, sys }: AdviceHost, identity: string): string {
  const command = `atmos auth env ${quotePosix(identity)}`;
  if (sys.os === "windows") return `${command} --format powershell | Out-String | Invoke-Expression`;
  return basename(env.get("SHELL") ?? "") === "fish" ? `${command} --format fish | source` : `eval "$(${command})"`;
}
