import { AppError } from "../../errors.ts";
import { type Entry, type EntryFacts, entryOf } from "./entry.ts";
import { type ExecTarget, targetOf } from "../exec/exec_target.ts";
import type { NamesInUse } from "./names_in_use.ts";

/** More ways into one cluster than anybody has; {@link isUserName} knows it, too. */
const MOST_USERS = 100;

export interface OwnerInput {
  readonly facts: EntryFacts;
  /** Users that contexts of ours have had. */
  readonly had: ReadonlySet<string>;
  /** Those of them that nobody else has. */
  readonly own: ReadonlySet<string>;
}

/**
 * The entry under names that are free or already ours: no name ever serves two clusters or two identities.
 * Throws AppError "kubeconfig-merge" when a name the user chose belongs to another cluster or identity.
 */
export function ownedEntry(names: NamesInUse, { facts, had, own }: OwnerInput): Entry {
  const entry = entryOf(facts);
  refuseForeignContexts(names, entry);
  for (const user of candidates(facts, had)) {
    if (isOurs(names, { entry, user, own })) return entryOf(facts, user);
  }
  const owner = names.usesOf(entry.user.name).find(({ cluster }) => cluster !== entry.cluster.name)?.cluster;
  throw taken({ what: "user", name: entry.user.name, owner: owner && `the cluster ${owner}`, flag: "--user-alias" });
}

/** Names for the user, the plainest first; but that a plainer one has become free is no reason to change. */
function* candidates(facts: EntryFacts, had: ReadonlySet<string>): Generator<string> {
  for (const user of had) if (isUserName(facts, user)) yield user;
  if (facts.userAlias !== undefined) return yield facts.userAlias;
  yield plainName(facts);
  const placed = placedName(facts);
  yield placed;
  const by = whoseName(facts);
  if (by !== undefined) yield `${placed}.${by}`;
  for (let number = 2; number <= MOST_USERS; number++) yield `${placed}.${number}`;
}

/** Whether a user can be called that. */
export function isUserName(facts: EntryFacts, user: string): boolean {
  if (facts.userAlias !== undefined) return user === facts.userAlias;
  const placed = placedName(facts);
  if (user === plainName(facts) || user === placed) return true;
  if (!user.startsWith(`${placed}.`)) return false;
  const last = user.slice(placed.length + 1);
  return last === whoseName(facts) || /^(?:[2-9]|[1-9]\d|100)$/.test(last);
}

function plainName({ name }: EntryFacts): string {
  return `user-${name}`;
}

function placedName(facts: EntryFacts): string {
  return `${plainName(facts)}@${facts.account}.${facts.region}`;
}

function whoseName({ exec }: EntryFacts): string | undefined {
  const { identity, profile, role } = targetOf(exec);
  return identity ?? profile ?? role?.split("/").at(-1);
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
