import type { LoginHost } from "../../auth/flow/login_host.ts";
import type { AppError } from "../../errors.ts";
import type { KubeconfigLocation } from "../../kube/kubeconfig/locate.ts";
import type { NamesInUse } from "../../kube/kubeconfig/names_in_use.ts";
import { findRemoved, previewRemoval, removeFromFile } from "../../kube/kubeconfig/remove_from_file.ts";
import { readAuthorRecord } from "./author_record.ts";
import { recordContexts } from "./context_record.ts";
import { findRemovableContexts, type RemovableInput } from "./eks_owned.ts";
import type { Cleanup } from "../contract/runner.ts";
import { watchSelectors } from "../../kube/kubectl/pin_selectors.ts";
import type { EksIntegration } from "./eks_integration.ts";

interface CleanupInput extends Cleanup<EksIntegration> {
  /** The file that all of them are in. */
  readonly place: KubeconfigLocation;
}

/**
 * Takes the contexts of integrations and identities out of their kubeconfig, with the clusters and users that no one
 * else uses; says what goes, a line each, and what went wrong beside it. AppErrors of kubeconfig files. Permissions: read, sys, and write without
 * `dryRun`.
 */
export async function cleanUpEks(
  host: Omit<LoginHost, "loopback">,
  input: CleanupInput,
): Promise<readonly (string | AppError)[]> {
  const { place, inputs, dryRun } = input;
  if (inputs.length === 0) return [];
  const { author } = inputs[0]!;
  const record = readAuthorRecord(host, author);
  const keys = inputs.map(({ integration, identity }) => ({
    file: place.path,
    integration: integration.name,
    identity,
  }));
  const [foreign, editable] = [record.foreignIn(place.path), record.editableIn(place.path)];
  const managed = inputs.map((one, at): RemovableInput => ({
    ...one,
    recorded: record.recordedFor(keys[at]!).filter(({ adopted }) => !adopted),
    foreign,
    editable,
  }));
  const contexts = (names: NamesInUse) => [
    ...new Set(managed.flatMap((input) => findRemovableContexts(host, { input, names }))),
  ];
  const removal = { location: place, contexts };
  const isThere = (findRemoved(host, removal) ?? []).length > 0;
  // What others use as well stays, and is theirs from then on.
  if (!isThere && (dryRun || keys.every((key) => record.recordedFor(key).length === 0))) return [];
  const remove = dryRun ? previewRemoval : removeFromFile;
  const pinSelectors = watchSelectors(host, place.path);
  const removed = isThere ? await remove(host, removal) : undefined;
  const warnings = dryRun ? [] : await pinSelectors();
  if (!dryRun) {
    const gone = keys.flatMap((key) => [{ ...key, configLocation: author.location }, record.findInherited(key) ?? []]);
    await recordContexts(host, gone.flat().map((key) => ({ ...key, contexts: [] })));
  }
  const failures = removed !== undefined && "failure" in removed ? [removed.failure] : [];
  return [...(removed?.contexts ?? []).map((name) => `context ${name} in ${place.path}`), ...warnings, ...failures];
}
