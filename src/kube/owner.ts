import { AppError } from "../errors.ts";
import { type Entry, type EntryFacts, entryOf } from "./entry.ts";
import { type ExecTarget, targetOf } from "./exec_target.ts";
import type { NamesInUse } from "./names_in_use.ts";

/** More ways into one cluster than anybody has. */
const MOST_USERS = 99;

export interface OwnerInput {
  readonly facts: EntryFacts;
  /** Users that only contexts of ours have had. */
  readonly own: ReadonlySet<string>;
}

/**
 * The entry under names that are free or already ours: no name ever serves two clusters or two identities.
 * Throws AppError "kubeconfig-merge" when a name the user chose belongs to another cluster or identity.
 */
export function ownedEntry(names: NamesInUse, { facts, own }: OwnerInput): Entry {
  const entry = entryOf(facts);
  refuseForeignContexts(names, entry);
  const all = userNames(facts);
  // A plainer name that has become free is no reason to change.
  const user = [...all.filter((name) => own.has(name)), ...all].find((user) => isOurs(names, { entry, user, own }));
  if (user !== undefined) return entryOf(facts, user);
  const owner = names.usesOf(entry.user.name).find(({ cluster }) => cluster !== entry.cluster.name)?.cluster;
  throw taken({ what: "user", name: entry.user.name, owner: owner && `the cluster ${owner}`, flag: "--user-alias" });
}

/** Candidates, plainest first. */
export function userNames(facts: EntryFacts): readonly string[] {
  if (facts.userAlias !== undefined) return [facts.userAlias];
  const plain = `user-${facts.name}`;
  const placed = `${plain}@${facts.account}.${facts.region}`;
  const { identity, profile, role } = targetOf(facts.exec);
  const by = identity ?? profile ?? role?.split("/").at(-1);
  const numbered = Array.from({ length: MOST_USERS }, (_, i) => `${placed}.${i + 2}`);
  return [plain, placed, ...(by === undefined ? [] : [`${placed}.${by}`]), ...numbered];
}

interface Candidate extends Pick<OwnerInput, "own"> {
  readonly entry: Entry;
  /** A name for its user. */
  readonly user: string;
}

/** Whether a user name is free, or serves this cluster and nobody else; a context may name a user to come. */
function isOurs(names: NamesInUse, { entry, user, own }: Candidate): boolean {
  const uses = names.usesOf(user);
  if (uses.some(({ cluster }) => cluster !== entry.cluster.name)) return false;
  const target = names.user(user);
  if (target === undefined || (own.has(user) && uses.length === 0)) return true;
  // The contexts that are being written may change their identity; nobody else's may.
  if (uses.length > 0 && uses.every(({ name }) => entry.contexts.some((own) => own.name === name))) return true;
  return isSameTarget(target, targetOf(entry.facts.exec));
}

/** Whether two plugins make tokens for the same cluster as the same identity. */
export function isSameTarget(one: ExecTarget, other: ExecTarget): boolean {
  return one.plugin !== undefined && one.plugin === other.plugin && one.cluster === other.cluster &&
    one.region === other.region && one.role === other.role && one.identity === other.identity &&
    one.profile === other.profile;
}

/** Refuses (AppError "kubeconfig-merge") contexts that others have. */
function refuseForeignContexts(names: NamesInUse, entry: Entry): void {
  for (const { name } of entry.contexts) {
    const cluster = names.context(name)?.cluster ?? "";
    if (cluster === "" || cluster === entry.cluster.name) continue;
    throw taken({ what: "context", name, owner: `the cluster ${cluster}`, flag: "--alias" });
  }
}

/** Refuses (AppError "kubeconfig-merge") a context that an entry of the same cluster has. */
export function refuseTakenContext(names: NamesInUse, name: string): void {
  if (names.context(name) !== undefined) throw taken({ what: "context", name, owner: undefined, flag: "--alias" });
}

interface Taken {
  readonly what: "context" | "user";
  readonly name: string;
  readonly owner: string | undefined;
  readonly flag: string;
}

function taken({ what, name, owner = "another identity", flag }: Taken): AppError {
  return new AppError("kubeconfig-merge", `Cannot use ${what} name "${name}": it belongs to ${owner}`, {
    hint: `Choose another name with ${flag} NAME.`,
    facts: { [what]: name },
  });
}
