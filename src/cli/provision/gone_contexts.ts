import type { SourceHost } from "../../config/sources.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { recordContexts, type RecordedContexts } from "../../integrations/eks/context_record.ts";
import { findGoneContexts, type GoneContext } from "../../integrations/eks/gone_contexts.ts";
import type { RemovalInput } from "../../kube/kubeconfig/remove_entries.ts";
import { findRemoved, previewRemoval, removeFromFile } from "../../kube/kubeconfig/remove_from_file.ts";
import type { StoreHost } from "../../store/replace.ts";
import { counted, printable } from "../output/text.ts";
import type { ConfigGlobals } from "../project/config_input.ts";
import type { AuthOf } from "../project/load.ts";
import { findAuthor } from "./author.ts";
import { findGoneIntegrations } from "./gone_integrations.ts";

const SHOWN = 5;

/** Prints a line for each kubeconfig with contexts of integrations that atmos.yaml does not have any more. */
export async function reportGone(
  host: SourceHost & Needs<"terminal" | "sys">,
  input: Pick<AuthOf, "config" | "model"> & { readonly globals: ConfigGlobals },
): Promise<void> {
  const gone = findGoneIntegrations(host, { ...input, author: await findAuthor(host, input) });
  for (const [file, ofFile] of Map.groupBy(gone, (one) => one.file)) {
    const names = goneContextsIn(host, { file, gone: ofFile }).map(({ name }) => name);
    if (names.length === 0) continue;
    const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : "";
    const which = `${counted(names.length, "context")} in ${file} (${names.slice(0, SHOWN).join(", ")}${more})`;
    const line = `Note: ${which}: the integration is no longer in atmos.yaml. To remove: atmos aws eks prune`;
    host.terminal.err(`${printable(line)}\n`);
  }
}

/**
 * Takes the contexts of integrations that are gone out of a kubeconfig, or only says what would go; a line each.
 * AppErrors of kubeconfig files.
 */
export async function removeGoneContexts(
  host: StoreHost & Needs<"env" | "run">,
  { gone, dryRun }: { readonly gone: readonly RecordedContexts[]; readonly dryRun: boolean },
): Promise<readonly string[]> {
  const { file } = gone[0]!;
  const location = { path: file, mode: undefined };
  const contexts: RemovalInput["contexts"] = (names, config) =>
    findGoneContexts({ names, config, gone }).map(({ name }) => name);
  const removal = { location, contexts };
  if ((findRemoved(host, removal) ?? []).length === 0) return [];
  const removed = dryRun ? previewRemoval(host, removal) : await removeFromFile(host, removal);
  const names = new Set(removed?.contexts);
  if (!dryRun) {
    const left = gone.map((one) => ({ ...one, contexts: one.contexts.filter(({ name }) => !names.has(name)) }));
    await recordContexts(host, left);
  }
  return [...names].map((name) => `context ${name} in ${file}`);
}

/** What cannot be read is reported by what writes or prunes it. */
function goneContextsIn(
  host: Needs<"read">,
  { file, gone }: { readonly file: string; readonly gone: readonly RecordedContexts[] },
): readonly GoneContext[] {
  let found: readonly GoneContext[] = [];
  const location = { path: file, mode: undefined };
  try {
    findRemoved(host, {
      location,
      contexts: (names, config) => {
        found = findGoneContexts({ names, config, gone });
        return [];
      },
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
  return found;
}
