import { renderParts } from "../output/remedy.ts";
import { nameCommand, remedy } from "../../remedy.ts";
import type { SourceHost } from "../../config/sources.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { recordContexts, type RecordedContexts } from "../../integrations/eks/context_record.ts";
import { findGoneContexts, type GoneContext } from "../../integrations/eks/gone_contexts.ts";
import { readAuthorRecord } from "../../integrations/eks/author_record.ts";
import type { RecordedContext } from "../../kube/kubeconfig/entry_edit.ts";
import type { RemovalInput } from "../../kube/kubeconfig/remove_entries.ts";
import { findRemoved, previewRemoval, removeFromFile } from "../../kube/kubeconfig/remove_from_file.ts";
import type { StoreHost } from "../../store/replace.ts";
import { formatCount, printable } from "../output/text.ts";
import type { ConfigGlobals } from "../project/config_input.ts";
import type { LoadedAuth } from "../project/load.ts";
import { findAuthor } from "./author.ts";
import { watchSelectors } from "../../kube/kubectl/pin_selectors.ts";
import { findGoneIntegrations } from "./gone_integrations.ts";

const SHOWN = 5;
const PRUNE = nameCommand("aws", "eks", "prune");

/** Prints a line for each kubeconfig with contexts of integrations that atmos.yaml does not have any more. */
export async function reportGone(
  host: SourceHost & Needs<"terminal" | "sys">,
  input: Pick<LoadedAuth, "config" | "model"> & { readonly globals: ConfigGlobals },
): Promise<void> {
  const gone = findGoneIntegrations(host, { ...input, author: await findAuthor(host, input) });
  for (const [file, ofFile] of Map.groupBy(gone, (one) => one.file)) {
    const names = goneContextsIn(host, { file, gone: ofFile }).map(({ name }) => name);
    if (names.length === 0) continue;
    const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : "";
    const which = `${formatCount(names.length, "context")} in ${file} (${names.slice(0, SHOWN).join(", ")}${more})`;
    const line = remedy`Note: ${which}: the integration is no longer in atmos.yaml. To remove: ${PRUNE}`;
    host.terminal.err(`${printable(renderParts(host, line))}\n`);
  }
}

/**
 * Takes the contexts of integrations that are gone out of a kubeconfig, or only says what would go; a line each, and
 * what went wrong beside it.
 * AppErrors of kubeconfig files.
 */
export async function removeGoneContexts(
  host: StoreHost & Needs<"env" | "run">,
  { gone, dryRun }: { readonly gone: readonly RecordedContexts[]; readonly dryRun: boolean },
): Promise<readonly (string | AppError)[]> {
  const { file } = gone[0]!;
  const foreign = listForeign(host, gone);
  const location = { path: file, mode: undefined };
  const contexts: RemovalInput["contexts"] = (names, config) =>
    findGoneContexts({ names, config, gone, foreign }).flatMap(({ name, isShared }) => isShared ? [] : [name]);
  const removal = { location, contexts };
  const isThere = (findRemoved(host, removal) ?? []).length > 0;
  if (!isThere && foreign.length === 0) return [];
  const remove = dryRun ? previewRemoval : removeFromFile;
  const pinSelectors = watchSelectors(host, file);
  const removed = isThere ? await remove(host, removal) : undefined;
  const warnings = dryRun ? [] : await pinSelectors();
  const names = new Set(removed?.contexts);
  if (!dryRun) await giveUp(host, { gone, names: new Set([...names, ...foreign.map(({ name }) => name)]) });
  const failures = removed !== undefined && "failure" in removed ? [removed.failure] : [];
  return [...[...names].map((name) => `context ${name} in ${file}`), ...warnings, ...failures];
}

/** Takes contexts from the record of integrations that are gone: what others use as well is theirs from then on. */
export async function giveUp(
  host: StoreHost & Needs<"env">,
  { gone, names }: { readonly gone: readonly RecordedContexts[]; readonly names: ReadonlySet<string> },
): Promise<void> {
  const left = gone.map((one) => ({ ...one, contexts: one.contexts.filter(({ name }) => !names.has(name)) }));
  await recordContexts(host, left);
}

/** What is on record for others in the files of records of one configuration. */
function listForeign(
  host: Needs<"env" | "read" | "sys">,
  gone: readonly RecordedContexts[],
): readonly RecordedContext[] {
  const record = readAuthorRecord(host, { location: gone[0]!.configLocation, realm: "" });
  return [...new Set(gone.map(({ file }) => file))].flatMap((file) => record.foreignIn(file));
}

/** What cannot be read is reported by what writes or prunes it. */
function goneContextsIn(
  host: Needs<"env" | "read" | "sys">,
  { file, gone }: { readonly file: string; readonly gone: readonly RecordedContexts[] },
): readonly GoneContext[] {
  let found: readonly GoneContext[] = [];
  const location = { path: file, mode: undefined };
  const foreign = listForeign(host, gone);
  try {
    findRemoved(host, {
      location,
      contexts: (names, config) => {
        found = findGoneContexts({ names, config, gone, foreign }).filter(({ isShared }) => !isShared);
        return [];
      },
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
  return found;
}
