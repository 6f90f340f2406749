import { AppError } from "../../errors.ts";
import { findValue, type YamlNode } from "../../formats/yaml/node.ts";
import { getText } from "../../formats/yaml/value.ts";
import { type ExecTarget, isSameTarget, readExecTarget, saysSameFiles } from "../exec/exec_target.ts";
import { type EntryFacts, listContextNames } from "./entry.ts";
import type { EntryEdit } from "./entry_edit.ts";
import type { Kubeconfig } from "./kubeconfig.ts";
import { withWrittenContexts } from "./managed_entries.ts";
import { isManaged, NamesInUse } from "./names_in_use.ts";
import { nameSetting, type Remedy, remedy } from "../../remedy.ts";

/**
 * Returns why edits are refused, by their indexes (AppError "kubeconfig-merge"): what another configuration, another
 * program or a user has written is neither pointed at another server, unless EKS itself says so, nor given to another
 * identity.
 */
export function refuseForeignEntries(config: Kubeconfig, edits: readonly EntryEdit[]): Map<number, AppError> {
  const names = new NamesInUse(config);
  const refused = new Map<number, AppError>();
  edits.forEach((edit, index) => {
    const error = findTakenContext(names, { edit, config }) ??
      findForeignServer(names, { edit, config }) ??
      findHiddenServer(config, edit) ??
      findForeignSetting(names, { edit, config });
    if (error !== undefined) refused.set(index, error);
  });
  return refused;
}

/**
 * Returns why a file is not replaced on a configuration's word alone, by the indexes of edits (AppError
 * "kubeconfig-merge"): it has contexts of other configurations, or one of the edit's names is that of another cluster.
 */
export function refuseReplacements(config: Kubeconfig, edits: readonly EntryEdit[]): Map<number, AppError> {
  const names = new NamesInUse(config);
  const refused = new Map<number, AppError>();
  withWrittenContexts(names, edits).forEach((edit, index) => {
    if (edit.update !== "replace" || edit.isReplaceTyped) return;
    const context = findReplaced(names, edit);
    const error = context === undefined ? findForeignServer(names, { edit, config }) : refuseReplacement(context);
    if (error !== undefined) refused.set(index, error);
  });
  return refused;
}

const REPLACE: Remedy = [{ kind: "write-entry", how: "replace" }];

function refuseReplacement(context: string): AppError {
  const message = `Cannot replace the file: its context "${context}" is not of this configuration`;
  const hint = remedy`To replace it anyway: ${REPLACE}. Or choose another file with ${nameSetting("kubeconfig")}.`;
  return new AppError("kubeconfig-merge", message, { hint, facts: { replaced: context } });
}

function findReplaced(names: NamesInUse, { facts, written = [], foreign = [] }: EntryEdit): string | undefined {
  const requested = listContextNames(facts);
  return names.contexts().find((use) => {
    if (foreign.some((one) => one.name === use.name && isManaged(use, one))) return true;
    const isOther = requested.includes(use.name) && use.cluster !== undefined && use.cluster !== facts.arn;
    return isOther && !written.some(({ name }) => name === use.name);
  })?.name;
}

/** A user who names a context means it; and who names an identity, too, may give it to that. */
function findTakenContext(
  names: NamesInUse,
  { edit, config }: { readonly edit: EntryEdit; readonly config: Kubeconfig },
): AppError | undefined {
  if (edit.areNamesTyped) return edit.isIdentityImplied ? findForeignContext(names, edit) : undefined;
  return findForeignContext(names, edit) ?? findForeignNamespace(config, edit) ??
    findUnknownContext(names, { edit, config });
}

const ANOTHER_NAME = remedy`Choose another name with ${nameSetting("alias")}`;
const NAME_IDENTITY = remedy`To give it to an identity, name that with ${nameSetting("identity")}`;

/** A context of the same cluster that another configuration, or a user, has for another identity. */
function findForeignContext(
  names: NamesInUse,
  { facts, foreign = [], areNamesTyped, isIdentityImplied }: EntryEdit,
): AppError | undefined {
  const requested = listContextNames(facts);
  const found = foreign.find((one) => {
    const use = requested.includes(one.name) ? names.context(one.name) : undefined;
    if (use === undefined || use.cluster !== facts.arn || !isManaged(use, one)) return false;
    const [target, wanted] = [names.user(one.user), readExecTarget(facts.exec)];
    return target === undefined || !isSameTarget(target, wanted) || !saysSameFiles(target, wanted);
  });
  if (found === undefined) return undefined;
  return new AppError("kubeconfig-merge", `Cannot use context name "${found.name}": it belongs to another identity`, {
    hint: areNamesTyped && isIdentityImplied ? NAME_IDENTITY : ANOTHER_NAME,
    facts: { context: found.name },
  });
}

/** A context of another configuration that would lead to another namespace. */
function findForeignNamespace(config: Kubeconfig, { facts, foreign = [] }: EntryEdit): AppError | undefined {
  const { namespace } = facts;
  const requested = namespace === undefined ? [] : listContextNames(facts);
  const found = foreign.find((one) => {
    const payload = requested.includes(one.name) ? config.contexts.entries.get(one.name)?.payload : undefined;
    if (payload === undefined || getText(findValue(payload, "cluster")) !== facts.arn) return false;
    return getText(findValue(payload, "user")) === one.user && getText(findValue(payload, "namespace")) !== namespace;
  });
  if (found === undefined) return undefined;
  const message = `Cannot set namespace "${namespace}" of context "${found.name}": it belongs to another configuration`;
  return new AppError("kubeconfig-merge", message, {
    hint: ANOTHER_NAME,
    facts: { context: found.name },
  });
}

/**
 * A context of the same cluster that neither the configuration nor one that is gone is known to have written, where a
 * configuration alone would make it act as another identity or in another namespace.
 */
function findUnknownContext(
  names: NamesInUse,
  { config, edit: { facts, editable } }: { readonly config: Kubeconfig; readonly edit: EntryEdit },
): AppError | undefined {
  if (editable === undefined) return undefined;
  const wanted = readExecTarget(facts.exec);
  const found = listContextNames(facts).find((name) => {
    const use = names.context(name);
    if (use?.cluster !== facts.arn || editable.some((one) => one.name === name && isManaged(use, one))) return false;
    const target = names.user(use.user ?? "");
    const payload = config.contexts.entries.get(name)?.payload;
    const namespace = payload === undefined ? undefined : getText(findValue(payload, "namespace"));
    return target === undefined || !isSameTarget(target, wanted) || !target.isPlain || isOtherProgram(target, wanted) ||
      (facts.namespace !== undefined && namespace !== facts.namespace);
  });
  if (found === undefined) return undefined;
  const message = `Cannot use context name "${found}": its user or namespace is not one that atmos has written`;
  return new AppError("kubeconfig-merge", message, {
    hint: ANOTHER_NAME,
    facts: { context: found },
  });
}

/** This program has one path, and a script in its place may do anything. */
function isOtherProgram({ plugin, command }: ExecTarget, wanted: ExecTarget): boolean {
  return plugin === "atmos" && command !== wanted.command;
}

/** A cluster's entry that would lead to another server, on the word of something else than EKS. */
function findForeignServer(
  names: NamesInUse,
  { config, edit }: { readonly config: Kubeconfig; readonly edit: EntryEdit },
): AppError | undefined {
  const { facts, hearsay, written = [], foreign = [] } = edit;
  const payload = config.clusters.entries.get(facts.arn)?.payload;
  if (hearsay === undefined || payload === undefined || isSameServer(payload, facts)) return undefined;
  const uses = names.contexts().filter(({ cluster }) => cluster === facts.arn);
  const isHeard = uses.some((use) => hearsay.some((one) => one.name === use.name && isManaged(use, one)));
  const isShared = uses.some((use) => foreign.some((one) => one.name === use.name && isManaged(use, one)));
  const isOwn = uses.length > 0 && !isShared && uses.every(({ name }) => written.some((one) => one.name === name));
  if (isOwn || isHeard) return undefined;
  const now = getText(findValue(payload, "server")) ?? "another server";
  const found = `its entry points to ${now}, and only EKS itself may report that it moved to ${facts.endpoint}`;
  return new AppError("kubeconfig-merge", `Cannot change cluster "${facts.arn}": ${found}`, {
    hint: [
      "Ask EKS itself (no AWS_ENDPOINT_URL, endpoint_url or spec.cluster.endpoint), or choose another file with ",
      nameSetting("kubeconfig"),
      ".",
    ],
    facts: { cluster: facts.arn },
  });
}

/** Another file's entry of the cluster that would be hidden by one for another server, on the same word. */
function findHiddenServer(config: Kubeconfig, { facts, hearsay, elsewhere, mayHide }: EntryEdit): AppError | undefined {
  const payload = config.clusters.entries.get(facts.arn)?.payload;
  if (hearsay === undefined || mayHide?.contexts || (payload && isSameServer(payload, facts))) return undefined;
  const path = elsewhere?.findCluster(facts);
  if (path === undefined) return undefined;
  const found = `its entry in "${path}" points to another server and would be hidden from kubectl`;
  return new AppError("kubeconfig-merge", `Cannot add cluster "${facts.arn}" at ${facts.endpoint}: ${found}`, {
    hint: "Ask EKS itself (no AWS_ENDPOINT_URL, endpoint_url or spec.cluster.endpoint), or remove that entry",
    facts: { cluster: facts.arn },
  });
}

const SETTINGS = { proxyUrl: "proxy-url", tlsServerName: "tls-server-name" } as const;

/** A cluster's entry that contexts of others join as well, and that would be called in another way. */
function findForeignSetting(
  names: NamesInUse,
  { config, edit: { facts, editable } }: { readonly config: Kubeconfig; readonly edit: EntryEdit },
): AppError | undefined {
  const payload = config.clusters.entries.get(facts.arn)?.payload;
  if (editable === undefined || payload === undefined) return undefined;
  const changed = (Object.keys(SETTINGS) as (keyof typeof SETTINGS)[]).find((key) =>
    facts[key] !== undefined && getText(findValue(payload, SETTINGS[key])) !== facts[key]
  );
  if (changed === undefined) return undefined;
  const user = names.contexts().find((use) =>
    use.cluster === facts.arn && !editable.some((one) => one.name === use.name && isManaged(use, one))
  );
  if (user === undefined) return undefined;
  const found = `context "${user.name}" uses it, and was not written for this configuration`;
  const message = `Cannot set ${SETTINGS[changed]} of cluster "${facts.arn}": ${found}`;
  return new AppError("kubeconfig-merge", message, {
    hint: remedy`Choose another file with ${nameSetting("kubeconfig")}`,
    facts: { cluster: facts.arn },
  });
}

/** With another certificate authority, another server could take the place of the one of that name. */
export function isSameServer(
  cluster: YamlNode | undefined,
  { endpoint, certificateAuthorityData }: Pick<EntryFacts, "endpoint" | "certificateAuthorityData">,
): boolean {
  const [server, authority] = ["server", "certificate-authority-data"].map((key) => getText(findValue(cluster, key)));
  return server !== undefined && asUrl(server) === asUrl(endpoint) &&
    authority?.replace(/\s/g, "") === certificateAuthorityData;
}

function asUrl(text: string): string {
  return URL.parse(text)?.href ?? text;
}
