import { AppError } from "../../errors.ts";
import { JSON_OUTPUT } from "../exec/exec_plugin.ts";
import { type ExecTarget, isSameTarget, readExecTarget } from "../exec/exec_target.ts";
import { type EntryEdit, isNoContext, type RecordedContext } from "./entry_edit.ts";
import { buildEntry, type Entry, type EntryFacts, listContextNames } from "./entry.ts";
import { type ContextUse, isManaged, type NamesInUse } from "./names_in_use.ts";
import { nameSetting, remedy, type SettingName } from "../../remedy.ts";

/** More than one cluster ever has; {@link isUserName} knows the number, too. */
const MAX_USERS = 100;

const HIDDEN = "which it would hide from kubectl";

interface ClaimNamesInput {
  readonly edit: Pick<
    EntryEdit,
    "facts" | "elsewhere" | "mayHide" | "editable" | "foreign" | "written" | "areNamesTyped"
  >;
  /** Users of the entry's managed contexts. */
  readonly users: ReadonlySet<string>;
  /** Those of them that no other context uses. */
  readonly exclusive: ReadonlySet<string>;
}

/**
 * The entry under names that are free or managed by it: no name ever serves two clusters or two identities.
 * Throws AppError "kubeconfig-merge" when a name the user chose belongs to another cluster or identity.
 */
export function claimNames(names: NamesInUse, { edit, users, exclusive }: ClaimNamesInput): Entry {
  const { facts } = edit;
  const entry = buildEntry(facts);
  refuseReasons(entry);
  refuseForeignContexts(names, entry);
  refuseShadowing(names, { entry, edit });
  const shared = listShared(names, edit);
  const known = new Set([...users, ...shared.map(({ user }) => user)]);
  for (const user of listUserNames(facts, known)) {
    if (!isAvailable(names, { edit, entry, user, exclusive })) continue;
    const left = shared.find((one) => one.user !== user);
    if (left !== undefined) throw refusal({ what: "context", name: left.name, owner: undefined, setting: "alias" });
    return buildEntry(facts, user);
  }
  const name = entry.user.name;
  const cluster = names.listUses(name).find((use) => use.cluster !== entry.cluster.name)?.cluster;
  const path = edit.elsewhere?.findUser(name, facts);
  const use = edit.elsewhere?.findUse(name);
  const owner = cluster
    ? `the cluster ${cluster}`
    : path
    ? `another user in "${path}", ${HIDDEN}`
    : use && `contexts in "${use}", too, which would change identity`;
  throw refusal({ what: "user", name, owner, setting: "user-alias" });
}

/** The contexts of others that the edit shares, as it was recorded for them: these keep their users. */
function listShared(
  names: NamesInUse,
  { facts, foreign = [], areNamesTyped }: ClaimNamesInput["edit"],
): readonly RecordedContext[] {
  if (areNamesTyped) return [];
  const requested = listContextNames(facts);
  return foreign.filter((one) => {
    const use = requested.includes(one.name) ? names.context(one.name) : undefined;
    return use !== undefined && isManaged(use, one);
  });
}

/** Names for the user, the plainest first; a name that it has already comes before all others. */
function* listUserNames(facts: EntryFacts, users: ReadonlySet<string>): Generator<string> {
  for (const user of users) if (isUserName(facts, user)) yield user;
  if (facts.userAlias !== undefined) return yield facts.userAlias;
  yield plainUserName(facts);
  const qualified = qualifiedUserName(facts);
  yield qualified;
  const credentials = credentialsName(facts);
  if (credentials !== undefined) yield `${qualified}.${credentials}`;
  for (let number = 2; number <= MAX_USERS; number++) yield `${qualified}.${number}`;
}

/** Whether {@link claimNames} may call the entry's user that. */
export function isUserName(facts: EntryFacts, user: string): boolean {
  if (facts.userAlias !== undefined) return user === facts.userAlias;
  const qualified = qualifiedUserName(facts);
  if (user === plainUserName(facts) || user === qualified) return true;
  if (!user.startsWith(`${qualified}.`)) return false;
  const last = user.slice(qualified.length + 1);
  return last === credentialsName(facts) || /^(?:[2-9]|[1-9]\d|100)$/.test(last);
}

function plainUserName({ name }: EntryFacts): string {
  return `user-${name}`;
}

function qualifiedUserName(facts: EntryFacts): string {
  return `${plainUserName(facts)}@${facts.account}.${facts.region}`;
}

function credentialsName({ exec }: EntryFacts): string | undefined {
  const { identity, profile, role } = readExecTarget(exec);
  return identity ?? profile ?? role?.split("/").at(-1);
}

/** Whether a user name is free or serves this entry alone; contexts may name a user that does not exist yet. */
function isAvailable(
  names: NamesInUse,
  { edit, entry, user, exclusive }: Pick<ClaimNamesInput, "edit" | "exclusive"> & {
    readonly entry: Entry;
    readonly user: string;
  },
): boolean {
  const uses = names.listUses(user);
  const isOurs = ({ name }: ContextUse) => entry.contexts.some((context) => context.name === name);
  // A context of ours that has lost its cluster is about to get it back.
  const isForOther = (use: ContextUse) => use.cluster !== entry.cluster.name && !(isOurs(use) && !use.cluster);
  if (uses.some(isForOther)) return false;
  if (hidesUser(names, { edit, user })) return false;
  const target = names.user(user);
  if (target === undefined || (exclusive.has(user) && uses.length === 0)) return true;
  const isEditable = (use: ContextUse) => mayEdit(names, { edit, use }) ?? isOurs(use);
  // Contexts that are being written may change their identity, no others.
  if (uses.length > 0 && uses.every((use) => isOurs(use) && use.cluster && isEditable(use))) return true;
  if (!isSameTarget(target, readExecTarget(entry.facts.exec))) return false;
  // What serves a context of others is shared as it is.
  const isAlone = edit.editable === undefined || uses.every(isEditable);
  return isAlone || names.saysUser(user, preserveCall(target, buildEntry(edit.facts, user)).user.payload);
}

/** Whether another file's user, or the context that takes this one from ours, would get other tokens from now on, where kubectl reads both. */
function hidesUser(
  names: NamesInUse,
  { edit: { facts, elsewhere, mayHide }, user }: Pick<ClaimNamesInput, "edit"> & { readonly user: string },
): boolean {
  if (elsewhere === undefined || (mayHide?.user && user === facts.userAlias)) return false;
  const target = names.user(user);
  const isAsBefore = target !== undefined && isSameTarget(target, readExecTarget(facts.exec));
  if (isAsBefore) return false;
  return elsewhere.findUser(user, facts) !== undefined ||
    (target !== undefined && elsewhere.findUse(user) !== undefined);
}

/** Whether the user of a context is the edit's to change; undefined: if the context is. */
function mayEdit(
  names: NamesInUse,
  { edit: { editable, areNamesTyped }, use }: Pick<ClaimNamesInput, "edit"> & { readonly use: ContextUse },
): boolean | undefined {
  if (editable === undefined) return undefined;
  if (names.isClaimed(use.name) || editable.some((one) => one.name === use.name && isManaged(use, one))) return true;
  return areNamesTyped ? undefined : false;
}

/**
 * The entry with what its user's plugin says now: `--output json`, without which kubectl might read no token, and where
 * the AWS CLI lies, unless it is requested.
 */
export function preserveCall(old: ExecTarget | undefined, entry: Entry): Entry {
  const { facts, user } = entry;
  const { plugin, output } = readExecTarget(facts.exec);
  if (old?.plugin !== "aws" || plugin !== "aws") return entry;
  const command = facts.otherExec === undefined ? facts.exec.command : old.command;
  const isJson = old.output === "json" && output === undefined;
  const exec = { ...facts.exec, command, args: [...facts.exec.args, ...isJson ? JSON_OUTPUT : []] };
  return buildEntry({ ...facts, exec }, user.name);
}

/** Refuses (AppError "kubeconfig-merge") the names that selectors have where kubectl is to find no context. */
function refuseReasons({ contexts }: Entry): void {
  const found = contexts.find(({ name }) => isNoContext(name));
  if (found === undefined) return;
  throw refusal({
    what: "context",
    name: found.name,
    owner: "atmos, which uses it to say that there is none",
    setting: "alias",
  });
}

/** What a context is called that has no alias, or one that says its identity as well. */
const CLUSTER_ARN = /^arn:aws[a-z-]*:eks:[a-z0-9-]+:\d{12}:cluster\/[A-Za-z0-9_-]+/;

/** Refuses (AppError "kubeconfig-merge") contexts of other clusters, and those that are called as one of them would be. */
function refuseForeignContexts(names: NamesInUse, entry: Entry): void {
  for (const { name } of entry.contexts) {
    const [named] = CLUSTER_ARN.exec(name) ?? [];
    const cluster = names.context(name)?.cluster || (named ?? "");
    if (cluster === "" || cluster === entry.cluster.name) continue;
    throw refusal({ what: "context", name, owner: `the cluster ${cluster}`, setting: "alias" });
  }
}

/** Refuses (AppError "kubeconfig-merge") contexts, new or moved, that would stand for another file's where kubectl reads both. */
function refuseShadowing(
  names: NamesInUse,
  { entry, edit }: { readonly entry: Entry } & Pick<ClaimNamesInput, "edit">,
): void {
  if (edit.mayHide?.contexts) return;
  for (const { name } of entry.contexts) {
    const hidden = isAsBefore(names, { name, edit }) ? undefined : edit.elsewhere?.findContext(name, entry.facts);
    if (hidden === undefined) continue;
    const owner = `${hidden.is} in "${hidden.path}", ${HIDDEN}`;
    throw refusal({ what: "context", name, owner, setting: "alias", file: hidden.path });
  }
}

/** Whether a context leads where it led already, so that what it hides is hidden since then. */
function isAsBefore(
  names: NamesInUse,
  { name, edit: { facts, written = [] } }: { readonly name: string } & Pick<ClaimNamesInput, "edit">,
): boolean {
  const { cluster, target, namespace } = names.findBefore(name);
  if (cluster !== facts.arn || !isSameTarget(target, readExecTarget(facts.exec))) return false;
  const requested = written.find((one) => one.name === name)?.namespace;
  // What the configuration requested goes when it does no more.
  return namespace === (facts.namespace ?? (namespace === requested ? undefined : namespace));
}

/** Refuses (AppError "kubeconfig-merge") a context that is in use, be it for the same cluster. */
export function refuseTakenContext(names: NamesInUse, name: string): void {
  if (names.context(name) !== undefined) throw refusal({ what: "context", name, owner: undefined, setting: "alias" });
}

function refusal(
  { what, name, owner = "another identity", setting, file }: {
    readonly what: "context" | "user";
    readonly name: string;
    readonly owner: string | undefined;
    readonly setting: SettingName;
    /** Where it is, if that is another kubeconfig. */
    readonly file?: string;
  },
): AppError {
  return new AppError("kubeconfig-merge", `Cannot use ${what} name "${name}": it belongs to ${owner}`, {
    hint: remedy`Choose another name with ${nameSetting(setting)}`,
    facts: { [what]: name, ...(file === undefined ? {} : { file }) },
  });
}
