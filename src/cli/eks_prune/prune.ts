import { AppError } from "../../errors.ts";
import { decodeUtf8, encodeUtf8 } from "../../formats/utf8.ts";
import { YamlError } from "../../formats/yaml_error.ts";
import { type EksContext, eksContexts } from "../../kube/eks_entries.ts";
import { mergeFailure, readKubeconfig, updateKubeconfigFile } from "../../kube/kubeconfig_file.ts";
import type { KubeconfigPlace } from "../../kube/locate.ts";
import { type Removed, removeEntries } from "../../kube/remove_entries.ts";
import { withoutRunning } from "../auth_logout/without_running.ts";
import type { Input } from "../command.ts";
import type { EKS_PRUNE_FLAGS } from "../commands/aws_eks_prune_flags.ts";
import { authOf, warnOf } from "../config_of.ts";
import { counted } from "../counted.ts";
import type { LoginCommandHost } from "../login/login_command_host.ts";
import { printable } from "../printable.ts";
import { patient } from "../prompt/patient.ts";
import { unifiedDiff } from "../update_kubeconfig/unified_diff.ts";
import { kubeconfigsOf } from "./kubeconfigs.ts";
import { lookForClusters, type Verdict } from "./look_for_clusters.ts";

type PruneInput = Input<typeof EKS_PRUNE_FLAGS>;

/** A kubeconfig with what goes from it. */
interface Pruned {
  readonly place: KubeconfigPlace;
  readonly removed: Removed;
}

/** `atmos aws eks prune`: shows what entries of vanished clusters are, asks, and removes them. */
export async function prune(given: LoginCommandHost, input: PruneInput): Promise<number> {
  const { flags, globals } = input;
  const host = patient(given, globals);
  const dryRun = flags["dry-run"];
  const { config, model, problems } = await authOf(dryRun ? withoutRunning(host).host : host, globals);
  warnOf(host, { problems, globals });
  const files = kubeconfigsOf(host, { model, asked: flags.kubeconfig }).flatMap((place) => {
    const bytes = readKubeconfig(host, place.path);
    return bytes === undefined ? [] : [{ place, bytes, contexts: contextsIn(place, bytes) }];
  });
  const contexts = files.flatMap((file) => file.contexts);
  const verdicts = await lookForClusters(host, { config, model, globals, contexts, dryRun });
  tellUnknown(host, verdicts);
  const pruned = files.map(({ place, bytes }) => ({ place, removed: without(place, { bytes, verdicts }) }))
    .filter(({ removed }) => removed.contexts.length > 0);
  for (const { place, removed } of pruned) {
    const before = decodeUtf8(readKubeconfig(host, place.path)!);
    host.terminal.out(await unifiedDiff({ path: place.path, before, after: removed.text }));
  }
  return await finish(host, { pruned, verdicts, input });
}

interface Finish {
  readonly pruned: readonly Pruned[];
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly input: PruneInput;
}

async function finish(host: LoginCommandHost, { pruned, verdicts, input: { flags } }: Finish): Promise<number> {
  const what = counted(pruned.flatMap(({ removed }) => removed.contexts).length, "context");
  if (pruned.length === 0) host.terminal.err(`Nothing to prune: ${counted(verdicts.size, "cluster")} looked at.\n`);
  else if (flags["dry-run"]) host.terminal.err(`Would remove ${what}; nothing was written.\n`);
  else {
    if (!flags.yes) await ask(host, what);
    for (const { place } of pruned) await write(host, { place, verdicts });
  }
  return 0;
}

/** What is gone is decided again under the lock, by the same verdicts. */
async function write(
  host: LoginCommandHost,
  { place, verdicts }: Pick<Pruned, "place"> & Pick<Finish, "verdicts">,
): Promise<void> {
  let removed: Removed | undefined;
  const edit = (old: Uint8Array | undefined) => {
    removed = without(place, { bytes: old ?? new Uint8Array(), verdicts });
    return encodeUtf8(removed.text);
  };
  const { path } = await updateKubeconfigFile(host, { place, edit, keepBackup: false });
  for (const name of removed!.contexts) host.terminal.err(`Removed context ${printable(`${name} from ${path}`)}\n`);
}

function contextsIn(place: KubeconfigPlace, bytes: Uint8Array): readonly EksContext[] {
  let found: readonly EksContext[] = [];
  const choose = (contexts: readonly EksContext[]) => {
    found = contexts;
    return [];
  };
  removing(place, { bytes, choose });
  return found;
}

function without(
  place: KubeconfigPlace,
  { bytes, verdicts }: { readonly bytes: Uint8Array; readonly verdicts: ReadonlyMap<string, Verdict> },
): Removed {
  const choose = (contexts: readonly EksContext[]) => contexts.filter(({ arn }) => verdicts.get(arn) === "gone");
  return removing(place, { bytes, choose });
}

interface Removing {
  readonly bytes: Uint8Array;
  readonly choose: (contexts: readonly EksContext[]) => readonly EksContext[];
}

function removing({ path }: KubeconfigPlace, { bytes, choose }: Removing): Removed {
  try {
    return removeEntries({
      source: decodeUtf8(bytes),
      contexts: (names) => choose(eksContexts(names)).map(({ name }) => name),
    });
  } catch (error) {
    throw error instanceof YamlError ? mergeFailure(path, error) : error;
  }
}

function tellUnknown(host: LoginCommandHost, verdicts: ReadonlyMap<string, Verdict>): void {
  for (const [arn, verdict] of verdicts) {
    if (!(verdict instanceof AppError)) continue;
    host.terminal.err(`Kept: ${printable(`${arn}: ${verdict.message}`)}\n`);
    if (verdict.hint !== undefined) host.terminal.err(`Hint: ${printable(verdict.hint)}\n`);
  }
}

async function ask({ terminal }: LoginCommandHost, what: string): Promise<void> {
  if (!terminal.isTty.stdin || !terminal.isTty.stderr) {
    throw new AppError("usage", `Cannot ask whether to remove ${what}: there is no terminal`, {
      hint: "Read the differences, then: atmos aws eks prune --yes",
    });
  }
  terminal.err(`Remove ${what}? [y/N] `);
  const answer = await terminal.line();
  if (answer === undefined) terminal.err("\n");
  if (/^\s*y(?:es)?\s*$/i.test(answer ?? "")) return;
  throw new AppError("interrupted", "Cannot prune: you did not say yes", { hint: "Nothing was written." });
}
