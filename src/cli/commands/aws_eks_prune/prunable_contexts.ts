import type { Needs } from "../../../host/host.ts";
import type { ConfigModel } from "../../../integrations/contract/model.ts";
import {
  readRecordedContexts,
  recordContexts,
  type RecordedContexts,
} from "../../../integrations/eks/context_record.ts";
import type { AuthorRecord } from "../../../integrations/eks/author_record.ts";
import { type EksContext, findEksContexts } from "../../../kube/kubeconfig/eks_contexts.ts";
import type { RecordedContext } from "../../../kube/kubeconfig/entry_edit.ts";
import { findGoneContexts, type GoneContext } from "../../../integrations/eks/gone_contexts.ts";
import type { Kubeconfig } from "../../../kube/kubeconfig/kubeconfig.ts";
import { isManaged, type NamesInUse } from "../../../kube/kubeconfig/names_in_use.ts";
import { findRemoved, removeFromFile } from "../../../kube/kubeconfig/remove_from_file.ts";
import type { FoundContext } from "./aws_callers.ts";
import { listRemovedContexts } from "./current_context.ts";
import { isFileError } from "../../../host/files/file_error.ts";
import { isEks } from "../../../integrations/eks/eks_integration.ts";
import { kubeconfigFile } from "../../../integrations/eks/kubeconfig_file.ts";
import { type KubeconfigLocation, locateKubeconfig, refuseKubeconfigList } from "../../../kube/kubeconfig/locate.ts";
import { resolveTarget } from "../../../store/links/resolve_target.ts";
import { watchSelectors } from "../../../kube/kubectl/pin_selectors.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { renderWarning } from "../../output/report.ts";

/** What may go from a kubeconfig. */
export interface PrunableContexts {
  /** Those whose clusters are looked for. */
  readonly contexts: readonly FoundContext[];
  /** Those whose integrations are gone. */
  readonly gone: readonly GoneContext[];
  /** Names of those that stay, since others have written them. */
  readonly others: readonly string[];
}

/** The contexts of ours in a kubeconfig; undefined where there is no file. AppErrors of kubeconfig files. */
export function prunable(
  host: Needs<"env" | "read" | "sys">,
  input: {
    readonly place: FileWithTarget;
    readonly record: AuthorRecord;
    readonly written: readonly RecordedContexts[];
    /** What was recorded for integrations that are gone. */
    readonly gone: readonly RecordedContexts[];
  },
): PrunableContexts | undefined {
  let found: readonly FoundContext[] = [];
  let left: readonly GoneContext[] = [];
  let others: readonly string[] = [];
  const authors = authorsIn(host, input);
  const here = listRecords(host, { records: input.written, place: input.place });
  const contexts = (names: NamesInUse, config: Kubeconfig) => {
    const gone = listRecords(host, { records: input.gone, place: input.place });
    left = findGoneContexts({ names, config, gone, foreign: authors.sharing });
    others = findEks(names, authors).filter(({ name }) => isOthers(names, { name, authors })).map(({ name }) => name);
    found = findOurs(names, authors).map((context) => {
      return {
        ...context,
        writtenFor: here.find((one) => one.contexts.some(({ name }) => name === context.name))?.identity,
      };
    });
    return [];
  };
  const isThere = findRemoved(host, { location: input.place, contexts }) !== undefined;
  const isLeft = ({ name }: FoundContext) => left.some((one) => one.name === name);
  return isThere ? { contexts: found.filter((one) => !isLeft(one)), gone: left, others } : undefined;
}

/** Those of a file, by whichever of its names they were recorded. */
export function listRecords(
  host: Needs<"read" | "sys">,
  { records, place }: { readonly records: readonly RecordedContexts[]; readonly place: FileWithTarget },
): readonly RecordedContexts[] {
  return records.filter(({ file }) => resolveFile(host, file) === place.target);
}

interface Authors {
  /** What is on record for a file, of whatever author. */
  readonly recorded: readonly RecordedContext[];
  /** Of these, what neither the configuration nor the user's flags in it have written. */
  readonly foreign: readonly RecordedContext[];
  /** What is on record for other configurations, which may only use it as it is, and for flags. */
  readonly sharing: readonly RecordedContext[];
}

/** Who has written what into a file. Permissions: env, read, sys. */
export function authorsIn(
  host: Needs<"env" | "read" | "sys">,
  { place, record }: { readonly place: FileWithTarget; readonly record: AuthorRecord },
): Authors {
  const files = [...new Set(listRecords(host, { records: readRecordedContexts(host), place }).map(({ file }) => file))];
  return {
    recorded: files.flatMap((file) => record.listIn(file)),
    // A cluster that is gone is gone for those as well who have only adopted its context.
    // What a configuration has that is gone, any other may clear up.
    foreign: files.flatMap((file) => record.foreignToFlags(file, { mayTakeAbandoned: true })).filter(({ adopted }) =>
      !adopted
    ),
    sharing: files.flatMap((file) => record.foreignIn(file)),
  };
}

/** The contexts that are ours, and not another author's. */
export function findOurs(names: NamesInUse, authors: Authors): readonly EksContext[] {
  return findEks(names, authors).filter(({ name }) => !isOthers(names, { name, authors }));
}

function findEks(names: NamesInUse, { recorded }: Authors): readonly EksContext[] {
  const byName = Map.groupBy(recorded, ({ name }) => name);
  return findEksContexts({
    names,
    isRecorded: (use) => byName.get(use.name)?.some((one) => isManaged(use, one)) ?? false,
  });
}

function isOthers(names: NamesInUse, { name, authors }: { readonly name: string; readonly authors: Authors }): boolean {
  const use = names.context(name);
  return use !== undefined && authors.foreign.some((one) => one.name === name && isManaged(use, one));
}

interface FilesInput {
  readonly model: ConfigModel;
  /** `--kubeconfig`. */
  readonly asked: string | undefined;
  /** What was written once, maybe for integrations that atmos.yaml no longer has. */
  readonly written: readonly RecordedContexts[];
}

/** A kubeconfig, with the file that its path leads to. */
export interface FileWithTarget extends KubeconfigLocation {
  readonly target: string;
}

/**
 * The kubeconfigs that entries of ours may be in, each once, by whichever of its names. AppError "kubeconfig-path".
 * Permissions: env, read, sys (uid).
 */
export function listKubeconfigs(
  host: Needs<"env" | "read" | "sys">,
  { model, asked, written }: FilesInput,
): readonly FileWithTarget[] {
  const own = locateKubeconfig(host, asked);
  refuseKubeconfigList(host, own);
  const linked = [...model.integrations.values()].filter(isEks).map((one) => kubeconfigFile(host, one));
  const others = asked === undefined ? [...linked, ...written.map(({ file }) => file)] : [];
  const places = [own, ...others.filter((path) => path !== "").map((path) => ({ path, mode: undefined }))]
    .map((place) => ({ ...place, target: resolveFile(host, place.path) }));
  return [...Map.groupBy(places, ({ target }) => target).values()].map(([first]) => first!);
}

/** Where a path leads; where no one can tell, itself: what is wrong with it is told when it is read. */
function resolveFile(host: Needs<"read" | "sys">, path: string): string {
  try {
    return resolveTarget(host, path);
  } catch (error) {
    if (isFileError(error)) return path;
    throw error;
  }
}

interface GoneInput {
  readonly place: FileWithTarget;
  /** The contexts that go, decided again by what the file holds then. */
  readonly gone: (names: NamesInUse, config: Kubeconfig) => readonly string[];
}

/** The contexts that were removed from a kubeconfig in one write; says which. AppErrors of kubeconfig files. */
export async function removeGone(host: LoginCommandHost, { place, gone }: GoneInput): Promise<readonly string[]> {
  const pinSelectors = watchSelectors(host, place.path);
  const removed = await removeFromFile(host, { location: place, contexts: gone });
  for (const warning of await pinSelectors()) host.terminal.err(renderWarning(host, warning));
  if (removed === undefined) return [];
  for (const line of listRemovedContexts(host, removed)) host.terminal.err(`${line}\n`);
  const names = new Set(removed.contexts);
  const known = readRecordedContexts(host).filter(({ file, contexts }) =>
    contexts.some(({ name }) => names.has(name)) && resolveFile(host, file) === place.target
  );
  const left = known.map((one) => ({ ...one, contexts: one.contexts.filter(({ name }) => !names.has(name)) }));
  await recordContexts(host, left);
  if (removed.failure !== undefined) throw removed.failure;
  return removed.contexts;
}
