import type { LoginHost } from "../../auth/login/login_host.ts";
import { decodeUtf8, encodeUtf8 } from "../../formats/utf8.ts";
import { YamlError } from "../../formats/yaml_error.ts";
import type { Needs } from "../../host/host.ts";
import { mergeFailure, readKubeconfig, updateKubeconfigFile } from "../../kube/kubeconfig_file.ts";
import type { KubeconfigPlace } from "../../kube/locate.ts";
import type { NamesInUse } from "../../kube/names_in_use.ts";
import { type Removed, removeEntries } from "../../kube/remove_entries.ts";
import { recordContexts, recordedContexts } from "./context_record.ts";
import { ownedContexts, type OwnedInput } from "./eks_owned.ts";
import type { Cleanup } from "./runner.ts";

export interface CleanupInput extends Cleanup<"aws/eks"> {
  /** The file that all of them are in. */
  readonly place: KubeconfigPlace;
}

/**
 * Takes the contexts of integrations and identities out of their kubeconfig, with the clusters and users that nobody
 * else uses; says what goes, a line each. AppErrors of kubeconfig files. Permissions: read, sys, and write without
 * `dryRun`.
 */
export async function cleanUpEks(host: Omit<LoginHost, "loopback">, input: CleanupInput): Promise<readonly string[]> {
  const { place, inputs } = input;
  const bytes = readKubeconfig(host, place.path);
  if (bytes === undefined) return [];
  const former = recordedContexts(host);
  const keys = inputs.map(({ integration, identity }) => ({
    file: place.path,
    integration: integration.name,
    identity,
  }));
  const owned = inputs.map((one, at): OwnedInput => ({ ...one, former: former(keys[at]!) }));
  let removed = without(host, { place, owned, bytes });
  if (removed.contexts.length === 0) return [];
  if (!input.dryRun) {
    const edit = (old: Uint8Array | undefined) => {
      removed = without(host, { place, owned, bytes: old ?? new Uint8Array() });
      return encodeUtf8(removed.text);
    };
    await updateKubeconfigFile(host, { place, edit, keepBackup: false });
    await recordContexts(host, keys.map((key) => ({ ...key, contexts: [] })));
  }
  return removed.contexts.map((name) => `context ${name} in ${place.path}`);
}

interface Removal {
  readonly place: KubeconfigPlace;
  readonly owned: readonly OwnedInput[];
  readonly bytes: Uint8Array;
}

function without(host: Needs<"sys">, { place, owned, bytes }: Removal): Removed {
  try {
    const contexts = (
      names: NamesInUse,
    ) => [...new Set(owned.flatMap((input) => ownedContexts(host, { input, names })))];
    return removeEntries({ source: decodeUtf8(bytes), contexts });
  } catch (error) {
    throw error instanceof YamlError ? mergeFailure(place.path, error) : error;
  }
}
