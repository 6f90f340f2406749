import type { Claim } from "./claims.ts";
import { isForCluster } from "./eks_entries.ts";
import type { EntryFacts } from "./entry.ts";
import { targetOf } from "./exec_target.ts";
import type { NamesInUse } from "./names_in_use.ts";
import { isSameTarget, userNames } from "./owner.ts";

export interface UserClaim {
  readonly claim: Claim;
  readonly facts: EntryFacts;
}

export interface OwnUsers {
  /** Users that nobody has but contexts which are the entries' own. */
  readonly own: ReadonlySet<string>;
  /** Those of them whose plugin nobody has replaced: they need not stay. */
  readonly ours: readonly string[];
  /** Those of these whose name no entry can have any more. */
  readonly left: readonly string[];
}

/** The users of entries' own contexts, once these have let go of them. */
export function ownUsers(names: NamesInUse, claims: readonly UserClaim[]): readonly OwnUsers[] {
  const own = claims.map((one) => new Set(usersOf(one).filter((user) => isFree(names, user))));
  const nameable = new Set(
    claims.flatMap(({ facts }, at) => own[at]!.size === 0 ? [] : userNames(facts).filter((name) => own[at]!.has(name))),
  );
  return claims.map((one, at) => {
    const ours = [...own[at]!].filter((user) => isAsWeWrite(names, { user, one }));
    return { own: own[at]!, ours, left: ours.filter((user) => !nameable.has(user)) };
  });
}

function usersOf({ claim }: UserClaim): readonly string[] {
  return [...claim.values()].flatMap(({ use }) => use.user ?? []);
}

function isFree(names: NamesInUse, user: string): boolean {
  return names.user(user) !== undefined && names.usesOf(user).length === 0;
}

function isAsWeWrite(names: NamesInUse, { user, one }: { readonly user: string; readonly one: UserClaim }): boolean {
  const target = names.user(user)!;
  const clusters = [...one.claim.values()].flatMap(({ use }) => use.user === user ? use.cluster ?? [] : []);
  return isSameTarget(target, targetOf(one.facts.exec)) || clusters.some((arn) => isForCluster(target, arn));
}
