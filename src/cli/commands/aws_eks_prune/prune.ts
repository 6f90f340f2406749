import { chainOf } from "../../../auth/model/chain.ts";
import { AppError } from "../../../errors.ts";
import type { NamesInUse } from "../../../kube/names_in_use.ts";
import { writtenContexts } from "../../../integrations/eks/context_record.ts";
import { withoutRunning } from "../../project/without_exec.ts";
import type { Input } from "../../args/command.ts";
import type { EKS_PRUNE_FLAGS } from "./flags.ts";
import { type AuthOf, authOf, warnOf } from "../../project/load.ts";
import { counted } from "../../output/counted.ts";
import { chosenIdentity } from "../../login/chosen_identity.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { typedIdentity } from "../../login/typed_identity.ts";
import { patient } from "../../prompt/patient.ts";
import { typed } from "../aws_eks_update_kubeconfig/overridden.ts";
import { unifiedDiff } from "../../output/unified_diff.ts";
import { askToRemove } from "./ask_to_remove.ts";
import type { FoundContext } from "./askers.ts";
import { attempts } from "./attempts.ts";
import { kubeconfigsOf, type PlaceWithTarget } from "./kubeconfigs.ts";
import { lookForClusters, type Verdict } from "./look_for_clusters.ts";
import { oursIn, prunable } from "./prunable.ts";
import { previewRemoval } from "../../../kube/remove_from_file.ts";
import { removeGone } from "./remove_gone.ts";
import { tellUnknown } from "./tell_unknown.ts";

type PruneInput = Input<typeof EKS_PRUNE_FLAGS>;

/**
 * `atmos aws eks prune`: shows what entries of vanished clusters are, asks, and removes them. A kubeconfig that is in the
 * way holds no other back; it is told, and the exit status is that of the first.
 */
export async function prune(given: LoginCommandHost, input: PruneInput): Promise<number> {
  const { flags, globals } = input;
  const host = patient(given, globals);
  const auth = await authOf(flags["dry-run"] ? withoutRunning(host).host : host, globals);
  warnOf(host, { problems: auth.problems, globals });
  const said = await whoIsSaid(host, { input, auth });
  const trying = attempts(host, globals);
  const files = await filesOf(host, { input, auth, trying });
  const contexts = files.flatMap((file) => file.contexts);
  const look = { ...auth, globals, said, contexts, dryRun: flags["dry-run"] };
  const verdicts = await lookForClusters(host, look);
  tellUnknown(host, verdicts);
  const gone = (names: NamesInUse) =>
    oursIn(names, auth.model).flatMap(({ name, arn }) => verdicts.get(arn) === "gone" ? [name] : []);
  const found = files.filter((file) => file.contexts.some(({ arn }) => verdicts.get(arn) === "gone"));
  const shown = await show(host, { found, gone, trying });
  return await finish(host, { shown, gone, trying, verdicts, input });
}

interface Asked {
  readonly input: PruneInput;
  readonly auth: AuthOf;
}

/** `--identity`, or ATMOS_IDENTITY. AppErrors of chainOf and chosenIdentity for what is typed and is none. */
async function whoIsSaid(host: LoginCommandHost, { input: { globals }, auth: { model } }: Asked) {
  const said = globals.identity === "" ? await chosenIdentity(host, { model, globals }) : globals.identity;
  if (said !== undefined && typedIdentity(host, globals) !== undefined) chainOf(model, said);
  return said;
}

interface PrunableFile {
  readonly place: PlaceWithTarget;
  readonly contexts: readonly FoundContext[];
}

type Trying = ReturnType<typeof attempts>;

async function filesOf(
  host: LoginCommandHost,
  { input: { flags }, auth: { model }, trying }: Asked & { readonly trying: Trying },
): Promise<readonly PrunableFile[]> {
  const written = writtenContexts(host);
  const files: PrunableFile[] = [];
  const isTyped = typed(flags.kubeconfig, host.env.get("ATMOS_KUBECONFIG")) !== undefined;
  for (const place of kubeconfigsOf(host, { model, asked: flags.kubeconfig, written })) {
    const look = () => prunable(host, { place, model, written }) ?? (isTyped ? missing(place) : undefined);
    const contexts = await trying.attempt(look);
    if (contexts !== undefined) files.push({ place, contexts });
  }
  return files;
}

function missing({ path }: PlaceWithTarget): never {
  throw new AppError("kubeconfig-path", `Cannot prune kubeconfig "${path}": it is not there`, {
    hint: "Name one that is: --kubeconfig PATH",
  });
}

interface Showing {
  readonly found: readonly PrunableFile[];
  readonly gone: (names: NamesInUse) => readonly string[];
  readonly trying: Trying;
}

interface Shown {
  readonly place: PlaceWithTarget;
  readonly contexts: readonly string[];
}

async function show(host: LoginCommandHost, { found, gone, trying }: Showing): Promise<readonly Shown[]> {
  const shown: Shown[] = [];
  for (const { place } of found) {
    const preview = await trying.attempt(() => previewRemoval(host, { place, contexts: gone }));
    if (preview === undefined) continue;
    const { before, text: after, contexts } = preview;
    host.terminal.out(await unifiedDiff({ path: place.path, before, after }));
    shown.push({ place, contexts });
  }
  return shown;
}

interface Finish extends Omit<Showing, "found"> {
  readonly shown: readonly Shown[];
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly input: PruneInput;
}

async function finish(
  host: LoginCommandHost,
  { shown, gone, trying, verdicts, input: { flags } }: Finish,
): Promise<number> {
  const what = counted(shown.flatMap(({ contexts }) => contexts).length, "context");
  if (shown.length === 0) {
    host.terminal.err(`Nothing to prune: ${counted(verdicts.size, "cluster")} looked at.\n`);
  } else if (flags["dry-run"]) {
    host.terminal.err(`Would remove ${what}; nothing was written.\n`);
  } else {
    if (!flags.yes) await askToRemove(host, what);
    for (const { place } of shown) await trying.attempt(() => removeGone(host, { place, gone }));
  }
  return trying.status();
}
