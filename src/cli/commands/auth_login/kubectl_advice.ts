import { argumentWords } from "../../../formats/text/command_words.ts";
import { renderParts } from "../../output/remedy.ts";
import { nameCommand } from "../../../remedy.ts";
import { AppError } from "../../../errors.ts";
import type { Needs } from "../../../host/host.ts";
import type { Ready } from "../../../integrations/contract/runner.ts";
import { isEks } from "../../../integrations/eks/eks_integration.ts";
import type { IntegrationOutcome } from "../../../integrations/run_integrations.ts";
import { viewAsKubectl } from "../../../kube/kubectl/kubectl_view.ts";
import { basename } from "../../../store/paths.ts";
import { printable } from "../../output/text.ts";
import {
  type KubectlReport,
  kubectlWarnings,
  reportForKubectl,
  shadowWarnings,
} from "../../provision/kubectl_report.ts";

type AdviceHost = Needs<"env" | "read" | "sys">;

interface KubectlAdvice {
  /** What to type so that kubectl finds what a login has provisioned; undefined where it looks there already. */
  readonly look: string | undefined;
  /** Where kubectl does not use what the login has written. */
  readonly warnings: readonly string[];
  /** Of each outcome; undefined for what is no context, or failed. */
  readonly reports: readonly (KubectlReport | undefined)[];
}

/** What kubectl makes of the contexts that a login has provisioned. Permissions: env, read. */
export function kubectlAdvice(host: AdviceHost, { identity, outcomes }: {
  readonly identity: string;
  readonly outcomes: readonly IntegrationOutcome[];
}): KubectlAdvice {
  const ready = outcomes.map(({ integration, result }) =>
    isEks(integration) && !(result instanceof AppError) ? result : undefined
  );
  const lookCommand = setVariables(host, identity);
  const files = [...Map.groupBy(ready.filter((one) => one !== undefined), ({ path }) => path)].map(([path, group]) => {
    const contexts = group.flatMap(listContexts);
    const view = viewAsKubectl(host, { path, contexts, text: undefined, ownContext: undefined });
    return { path, contexts, view, lookCommand, mayBeSelected: true };
  });
  const unseen = files.filter(({ view }) => !view.isRead).map(({ path }) => path);
  return {
    look: unseen.length === 0
      ? undefined
      : printable(`kubectl does not read ${unseen.join(" and ")} yet: ${lookCommand}`),
    warnings: files.flatMap((file) => [
      ...(file.view.isRead ? kubectlWarnings({ ...file, renameHint: "change its alias in atmos.yaml" }) : []),
      ...shadowWarnings(host, { ...file, except: file.view.hidden.map(({ context }) => context) }),
    ]),
    reports: ready.map((one) =>
      one && reportForKubectl({ ...files.find(({ path }) => path === one.path)!, contexts: listContexts(one) })
    ),
  };
}

function listContexts({ name, contexts = [name] }: Ready): readonly string[] {
  return contexts;
}

/** For the shell that is likely there. */
function setVariables(host: AdviceHost, identity: string): string {
  const command = (...more: readonly string[]) =>
    renderParts(host, nameCommand("auth", "env", ...argumentWords(identity, more)));
  if (host.sys.os === "windows") return `${command("--format", "powershell")} | Out-String | Invoke-Expression`;
  const shell = basename(host.env.get("SHELL") ?? "");
  return shell === "fish" ? `${command("--format", "fish")} | source` : `eval "$(${command()})"`;
}
