import type { LoginHost } from "../../auth/login/login_host.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { EntryEdit } from "../../kube/entry_edit.ts";
import type { KubeconfigPlace } from "../../kube/locate.ts";
import { type KubeconfigChanges, type SavedAll, saveEntries } from "../../kube/save.ts";
import { recordContexts, recordedContexts } from "./context_record.ts";

/** A cluster's entry, and the file that it goes into. */
export interface FoundCluster {
  readonly integration: string;
  readonly identity: string;
  readonly edit: EntryEdit;
  readonly place: KubeconfigPlace;
  /** Whether contexts of former aliases stay. */
  readonly keepsFormer: boolean;
}

/** All entries of one file as what is to change in it. Permissions: env, read. */
export function changesOf(host: Needs<"env" | "read">, found: readonly FoundCluster[]): KubeconfigChanges {
  const former = recordedContexts(host);
  const path = found[0]!.place.path;
  const modes = found.flatMap(({ place }) => place.mode ?? []);
  // The strictest of those that are asked for.
  const mode = modes.length === 0 ? undefined : modes.reduce((one, other) => one & other);
  const edits = found.map(({ edit, integration, identity, keepsFormer }) =>
    keepsFormer ? edit : { ...edit, former: former({ file: path, integration, identity }) }
  );
  return { place: { path, mode }, edits };
}

/** Writes the entries of one file at once. Errors as for saveEntries. */
export async function writeEks(host: LoginHost, found: readonly FoundCluster[]): Promise<SavedAll> {
  const changes = changesOf(host, found);
  const saved = await saveEntries(host, changes);
  const written = found.flatMap(({ integration, identity, keepsFormer }, at) => {
    const outcome = saved.outcomes[at]!;
    if (outcome instanceof AppError || keepsFormer) return [];
    const contexts = outcome.entry.contexts.map(({ name }) => name);
    return [{ file: changes.place.path, integration, identity, contexts }];
  });
  await recordContexts(host, written);
  return saved;
}
