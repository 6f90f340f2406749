import type { Claim } from "./managed_contexts.ts";
import { isForCluster } from "./eks_contexts.ts";
import type { EntryFacts } from "./entry.ts";
import { targetOf } from "../exec/exec_target.ts";
import type { NamesInUse } from "./names_in_use.ts";
import { isSameTarget, isUserName } from "./claim_names.ts";

export interface UserClaim {
  readonly claim: Claim;
  readonly facts: EntryFacts;
}

export interface OwnUsers {
  /** Users of the entry's own contexts. */
  readonly had: ReadonlySet<string>;
  /** Those of them that nobody has but contexts which are some entry's own. */
  readonly own: ReadonlySet<string>;
  /** Those of them whose plugin nobody has replaced: they need not stay. */
  readonly ours: readonly string[];
  /** Those of these whose name no entry can have any more. */
  readonly left: readonly string[];
}

/** The users of entries' own contexts, once these have let go of them. */
export function ownUsers(names: NamesInUse, claims: readonly UserClaim[]): readonly OwnUsers[] {
  const had = claims.map(({ claim }) => new Set([...claim.values()].flatMap(({ use }) => use.user ?? [])));
  const own = had.map((users) => new Set([...users].filter((user) => isFree(names, user))));
  const nameable = new Set(
    claims.flatMap(({ facts }, at) => [...own[at]!].filter((user) => isUserName(facts, user))),
  );
  return claims.map((one, at) => {
    const ours = [...own[at]!].filter((user) => isAsWeWrite(names, { user, one }));
    return { had: had[at]!, own: own[at]!, ours, left: ours.filter((user) => !nameable.has(user)) };
  });
}

function isFree(names: NamesInUse, user: string): boolean {
  return names.user(user) !== undefined && names.usesOf(user).length === 0;
}

function isAsWeWrite(names: NamesInUse, { user, one }: { readonly user: string; readonly one: UserClaim }): boolean {
  const target = names.user(user)!;
  const clusters = [...one.claim.values()].flatMap(({ use }) => use.user === user ? use.cluster ?? [] : []);
  return isSameTarget(target, targetOf(one.facts.exec)) || clusters.some((arn) => isForCluster(target, arn));
}
