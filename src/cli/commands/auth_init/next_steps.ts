import { argumentWords, flagWords, quoteWord } from "../../../formats/text/command_words.ts";
import type { Needs } from "../../../host/host.ts";
import { viewAsKubectl } from "../../../kube/kubectl/kubectl_view.ts";
import type { Plan } from "./plan.ts";

interface StepsInput {
  readonly plan: Plan;
  readonly ready: readonly { readonly context: string; readonly identity: string; readonly path: string }[];
}

/** Returns the next three commands to type. Permissions: env, read. */
export function nextSteps(host: Needs<"env" | "read" | "sys">, input: StepsInput): readonly string[] {
  const { plan: { identities, clusters }, ready: [first] } = input;
  const identity = first?.identity ?? identities[0]?.name ?? clusters[0]?.caller.identity;
  const named = identity === undefined ? "" : ` ${argumentWords(identity)}`;
  const flag = identity === undefined ? "" : ` ${flagWords("-i", identity)}`;
  const last = "atmos auth status";
  if (first === undefined) return [`atmos auth login${named}`, `atmos auth exec${flag} -- aws s3 ls`, last];
  return [kubectlCommand(host, first), `atmos auth shell${named}`, last];
}

/** kubectl as it finds the context: by itself, by its name, or as `auth exec` says. */
function kubectlCommand(
  host: Needs<"env" | "read" | "sys">,
  { context, identity, path }: StepsInput["ready"][number],
): string {
  const view = viewAsKubectl(host, { path, contexts: [context], text: undefined, ownContext: undefined });
  if (!view.isRead) return `atmos auth exec ${flagWords("-i", identity)} -- kubectl get pods`;
  return `kubectl --context ${quoteWord(context)} get pods`;
}
