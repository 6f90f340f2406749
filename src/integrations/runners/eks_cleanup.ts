import type { LoginHost } from "../../auth/login/login_host.ts";
import { decodeUtf8, encodeUtf8 } from "../../formats/utf8.ts";
import { YamlError } from "../../formats/yaml_error.ts";
import type { Needs } from "../../host/host.ts";
import { mergeFailure, readKubeconfig, updateKubeconfigFile } from "../../kube/kubeconfig_file.ts";
import type { KubeconfigPlace } from "../../kube/locate.ts";
import { type Removed, removeEntries } from "../../kube/remove_entries.ts";
import { recordContexts, recordedContexts } from "./context_record.ts";
import { ownedContexts, type OwnedInput } from "./eks_owned.ts";

export type CleanupInput = Omit<OwnedInput, "former"> & {
  readonly place: KubeconfigPlace;
  readonly dryRun: boolean;
};

/**
 * Takes the contexts of an integration and identity out of its kubeconfig, with the clusters and users that nobody else
 * uses; says what goes, a line each. AppErrors of kubeconfig files. Permissions: read, sys, and write without `dryRun`.
 */
export async function cleanUpEks(host: Omit<LoginHost, "loopback">, input: CleanupInput): Promise<readonly string[]> {
  const { place, integration: { name: integration }, identity } = input;
  const key = { file: place.path, integration, identity };
  const former = recordedContexts(host)(key);
  const bytes = readKubeconfig(host, place.path);
  if (bytes === undefined) return [];
  let removed = without(host, { input: { ...input, former }, bytes });
  if (removed.contexts.length === 0) return [];
  if (!input.dryRun) {
    const edit = (old: Uint8Array | undefined) => {
      removed = without(host, { input: { ...input, former }, bytes: old ?? new Uint8Array() });
      return encodeUtf8(removed.text);
    };
    await updateKubeconfigFile(host, { place, edit, keepBackup: false });
    await recordContexts(host, [{ ...key, contexts: [] }]);
  }
  return removed.contexts.map((name) => `context ${name} in ${place.path}`);
}

function without(
  host: Needs<"sys">,
  { input, bytes }: { readonly input: CleanupInput & Pick<OwnedInput, "former">; readonly bytes: Uint8Array },
): Removed {
  try {
    const contexts = (names: Parameters<typeof ownedContexts>[1]["names"]) => ownedContexts(host, { input, names });
    return removeEntries({ source: decodeUtf8(bytes), contexts });
  } catch (error) {
    throw error instanceof YamlError ? mergeFailure(input.place.path, error) : error;
  }
}
