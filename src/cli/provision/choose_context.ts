import { nameCommand, remedy } from "../../remedy.ts";
import { joinNames } from "../../config/schema/messages.ts";
import { parseArn } from "../../aws/names/arn.ts";
import { parseClusterArn } from "../../kube/kubeconfig/eks_contexts.ts";
import { AppError } from "../../errors.ts";
import { closest } from "../../formats/text/closest.ts";
import type { IdentityContext } from "../../integrations/eks/identity_contexts.ts";

interface ChoiceInput {
  readonly identity: string;
  /** Its own contexts, the most important first. */
  readonly contexts: readonly IdentityContext[];
  /** `--context`. */
  readonly requested: string | undefined;
  /** Whether a login should have added more of them, and could not. */
  readonly isIncomplete?: boolean;
  /** What was chosen before, the strongest first. */
  readonly earlier: readonly (EarlierChoice | undefined)[];
}

/** A context that a user has chosen, perhaps of another name by now. */
interface EarlierChoice {
  readonly name: string;
  /** Of its cluster, where that is known. */
  readonly arn?: string | undefined;
}

/** The context that was chosen, or those that one must be chosen from. */
export type ContextChoice =
  | { readonly kind: "chosen"; readonly context: IdentityContext }
  | {
    readonly kind: "open";
    readonly among: readonly IdentityContext[];
    /** The one that was chosen before, and is none of its contexts now. */
    readonly missing?: string;
  };

/**
 * Returns the context for an identity: the one that is asked for, that was chosen before, or the only one. Where it has
 * linked clusters, others that were written for it are chosen only by name. Where the one that was chosen before is gone,
 * another cluster is none that the user has chosen; neither is the only one that there is where there should be more. AppError "usage" for a name that is none of its contexts.
 */
export function chooseContext(
  { identity, contexts, requested, isIncomplete = false, earlier }: ChoiceInput,
): ContextChoice {
  if (requested !== undefined) {
    const context = contexts.find(({ name }) => name === requested);
    if (context === undefined) throw unknownContext({ identity, contexts, requested });
    return { kind: "chosen", context };
  }
  const before = earlier.find((one) => one !== undefined);
  const same = before && findSame(contexts, before);
  if (same !== undefined) return { kind: "chosen", context: same };
  const linked = contexts.filter(({ isLinked }) => isLinked);
  const among = onePerCluster(linked.length === 0 ? contexts : linked);
  if (before !== undefined) return { kind: "open", among, missing: before.name };
  return among.length === 1 && !isIncomplete ? { kind: "chosen", context: among[0]! } : { kind: "open", among };
}

/** The cluster decides where it is known: by now another one may have the name that a user has chosen. */
function findSame(
  contexts: ChoiceInput["contexts"],
  { name, arn }: EarlierChoice,
): IdentityContext | undefined {
  const same = arn === undefined ? contexts : contexts.filter((one) => one.arn === arn);
  return same.find((one) => one.name === name) ?? (arn === undefined ? undefined : same[0]);
}

/** Aliases of one integration are one cluster, with one user: the first of them stands for all. */
function onePerCluster(contexts: readonly IdentityContext[]): readonly IdentityContext[] {
  const groups = Map.groupBy(contexts, ({ integration, arn, file }) => JSON.stringify([integration, arn, file]));
  return [...groups.values()].map(([first]) => first!);
}

function unknownContext(
  { identity, contexts, requested }: { identity: string; contexts: readonly IdentityContext[]; requested: string },
): AppError {
  const names = [...new Set(contexts.map(({ name }) => name))];
  const near = closest(requested, names);
  const hint = names.length === 0
    ? remedy`Add one: ${nameCommand("aws", "eks", "update-kubeconfig", "--all")}`
    : near.length === 0
    ? `Its contexts: ${names.join(", ")}`
    : `Did you mean ${joinNames(near.map((name) => JSON.stringify(name)))}?`;
  const found = names.length === 0 ? "it has no context" : "it has no such context";
  return new AppError("usage", `Cannot use context ${JSON.stringify(requested)} of identity "${identity}": ${found}`, {
    hint,
  });
}

/** kubectl prints the whole name of a context that it does not find; of a hundred, these are enough. */
const MOST_NAMES = 30;

/** Returns the names to choose from: "dev, staging or prod". */
export function listChoices(among: readonly IdentityContext[]): string {
  const names = [...new Set(among.map(({ name }) => name))];
  const more = names.length - MOST_NAMES;
  return more > 0 ? `${names.slice(0, MOST_NAMES).join(", ")} or one of ${more} more` : joinNames(names);
}

/** Returns a context with its cluster, region and account. */
export function describeContext({ name, arn }: IdentityContext): string {
  const { cluster, region } = parseClusterArn(arn) ?? {};
  const account = parseArn(arn)?.account;
  const facts = [cluster, region, account].filter((one) => one !== undefined && one !== "");
  return facts.length === 0 ? name : `${name} (${facts.join(", ")})`;
}
