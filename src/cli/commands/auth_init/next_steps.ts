import { argumentWords, flagWords, quoteWord } from "../../../formats/text/command_words.ts";
import { nameCommand, type Remedy } from "../../../remedy.ts";
import type { Needs } from "../../../host/host.ts";
import { viewAsKubectl } from "../../../kube/kubectl/kubectl_view.ts";
import type { Plan } from "./plan.ts";

interface StepsInput {
  readonly plan: Plan;
  readonly ready: readonly { readonly context: string; readonly identity: string; readonly path: string }[];
}

/** Returns the next three commands to type. Permissions: env, read. */
export function nextSteps(host: Needs<"env" | "read" | "sys">, input: StepsInput): readonly Remedy[] {
  const { plan: { identities, clusters }, ready: [first] } = input;
  const identity = first?.identity ?? identities[0]?.name ?? clusters[0]?.caller.identity;
  const named = identity === undefined ? [] : argumentWords(identity);
  const flag = identity === undefined ? [] : flagWords("-i", identity);
  const last = nameCommand("auth", "status");
  if (first !== undefined) return [kubectlCommand(host, first), nameCommand("auth", "shell", ...flag), last];
  const tried = nameCommand("auth", "exec", ...flag, "--", "aws", "s3", "ls");
  return [nameCommand("auth", "login", ...named), tried, last];
}

/** kubectl as it finds the context: by itself, by its name, or as `auth exec` says. */
function kubectlCommand(
  host: Needs<"env" | "read" | "sys">,
  { context, identity, path }: StepsInput["ready"][number],
): Remedy {
  const view = viewAsKubectl(host, { path, contexts: [context], text: undefined, ownContext: undefined });
  if (!view.isRead) return nameCommand("auth", "exec", ...flagWords("-i", identity), "--", "kubectl", "get", "pods");
  return `kubectl --context ${quoteWord(context)} get pods`;
}
