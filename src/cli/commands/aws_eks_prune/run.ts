import { findDirectoryNamed } from "../../../config/load_config.ts";
import { buildChain } from "../../../auth/model/chain.ts";
import { refuseInherited } from "../../../auth/model/inherited_identity.ts";
import { AppError, cancelledByUser } from "../../../errors.ts";
import type { NamesInUse } from "../../../kube/kubeconfig/names_in_use.ts";
import { readRecordedContexts, type RecordedContexts } from "../../../integrations/eks/context_record.ts";
import { type AuthorRecord, readAuthorRecord } from "../../../integrations/eks/author_record.ts";
import { findGoneContexts, type GoneContext } from "../../../integrations/eks/gone_contexts.ts";
import type { Kubeconfig } from "../../../kube/kubeconfig/kubeconfig.ts";
import type { RemovalInput } from "../../../kube/kubeconfig/remove_entries.ts";
import { quotePosix } from "../../../formats/text/shell_quote.ts";
import { findAuthor } from "../../provision/author.ts";
import { giveUp } from "../../provision/gone_contexts.ts";
import { findGoneIntegrations } from "../../provision/gone_integrations.ts";
import type { Input } from "../../args/command.ts";
import type { EKS_PRUNE_FLAGS } from "./command.ts";
import { type LoadedAuth, loadProjectAuth, reportWarnings } from "../../project/load.ts";
import { trustGate } from "../../project/trust_question.ts";
import { formatCount, printable } from "../../output/text.ts";
import { isConfirmed } from "../../prompt/confirm.ts";
import { askForIdentity } from "../../login/select_identity.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { announce, withSpinner } from "../../prompt/spinner.ts";
import { getTyped } from "../../args/typed_values.ts";
import { unifiedDiff } from "../../output/unified_diff.ts";
import {
  authorsIn,
  type FileWithTarget,
  findOurs,
  listKubeconfigs,
  listRecords,
  prunable,
  type PrunableContexts,
  removeGone,
} from "./prunable_contexts.ts";
import { warnOfCurrentContext } from "./current_context.ts";
import { lookForClusters, type Verdict } from "./check_clusters.ts";
import { previewRemoval } from "../../../kube/kubeconfig/remove_from_file.ts";
import type { Needs } from "../../../host/host.ts";
import { type Globals, isWithoutIdentity } from "../../args/global_flags.ts";
import { report, reportStyle, warns } from "../../output/report.ts";
import { TYPED_COMMAND } from "../../output/typed_command.ts";
import { removalWarnings } from "../../provision/kubectl_report.ts";
import { hintLines, renderRemedy } from "../../output/remedy.ts";

const SHOWN = 5;

type PruneInput = Input<typeof EKS_PRUNE_FLAGS>;

/**
 * `atmos aws eks prune`: shows what entries of vanished clusters and integrations are, asks, and removes them. A kubeconfig that is in the
 * way holds no other back; it is told, and the exit status is that of the first.
 */
export async function runAwsEksPrune(given: LoginCommandHost, input: PruneInput): Promise<number> {
  const { flags, globals } = input;
  const host = withSpinner(given, globals);
  const auth = await loadProjectAuth(host, globals, trustGate(host, globals));
  await auth.trust.require([...auth.model.integrations.values()].flatMap(({ powers }) => powers));
  reportWarnings(host, { problems: auth.problems, globals });
  const said = await whoIsSaid(host, { input, auth });
  const trying = attempts(host, globals);
  const author = await findAuthor(host, { ...auth, globals });
  const record = readAuthorRecord(host, author);
  const orphans = findGoneIntegrations(host, { ...auth, author });
  const files = await listFiles(host, { input, auth, trying, record, orphans });
  const contexts = files.flatMap((file) => file.contexts);
  const look = { ...auth, globals, said, contexts, dryRun: flags["dry-run"] };
  announce(host, { text: "Looking for clusters", globals });
  const verdicts = await lookForClusters(host, look);
  tellUnknown(host, verdicts);
  const gone = (place: FileWithTarget) => {
    const records = listRecords(host, { records: orphans, place });
    const authors = authorsIn(host, { record, place });
    return (names: NamesInUse, config: Kubeconfig) => [
      ...findOurs(names, authors).flatMap(({ name, arn }) => verdicts.get(arn) === "gone" ? [name] : []),
      ...findGoneContexts({ names, config, gone: records, foreign: authors.sharing })
        .flatMap((one) => goes(one) ? [one.name] : []),
    ];
  };
  const found = files.filter((file) =>
    file.contexts.some(({ arn }) => verdicts.get(arn) === "gone") || file.gone.some(goes)
  );
  for (const file of files) tellGone(host, file);
  if (warns(globals)) { for (const file of files) tellOthers(host, file); }
  const shown = await show(host, { found, gone, trying });
  const status = await finish(host, { shown, gone, trying, verdicts, input });
  if (!flags["dry-run"]) await giveUpShared(host, { files, orphans });
  return status;
}

function goes({ isEdited, isShared }: GoneContext): boolean {
  return !isEdited && !isShared;
}

/** What others use as well is theirs from now on. */
async function giveUpShared(
  host: LoginCommandHost,
  { files, orphans }: { readonly files: readonly PrunableFile[]; readonly orphans: readonly RecordedContexts[] },
): Promise<void> {
  for (const { place, gone } of files) {
    const names = new Set(gone.flatMap(({ name, isShared }) => isShared ? [name] : []));
    if (names.size > 0) await giveUp(host, { gone: listRecords(host, { records: orphans, place }), names });
  }
}

/** `--identity`, or ATMOS_IDENTITY. AppErrors of buildChain, askForIdentity and refuseInherited for what is none, or broken. */
async function whoIsSaid(
  host: LoginCommandHost,
  { input: { globals }, auth: { model, config } }: Pick<FilesInput, "input" | "auth">,
) {
  const directory = findDirectoryNamed(config);
  const said = globals.identity === "" ? await askForIdentity(host, { model, directory, globals }) : globals.identity;
  refuseInherited(model, said);
  if (said !== undefined && !isWithoutIdentity(globals)) buildChain(model, said);
  return said;
}

interface PrunableFile extends PrunableContexts {
  readonly place: FileWithTarget;
}

interface FilesInput {
  readonly input: PruneInput;
  readonly auth: LoadedAuth;
  readonly trying: Trying;
  readonly record: AuthorRecord;
  /** What was recorded for integrations that are gone. */
  readonly orphans: readonly RecordedContexts[];
}

type Trying = ReturnType<typeof attempts>;

async function listFiles(
  host: LoginCommandHost,
  { input: { flags }, auth: { model }, trying, record, orphans: gone }: FilesInput,
): Promise<readonly PrunableFile[]> {
  const all = readRecordedContexts(host);
  // Another configuration's identities are not this one's, whatever their names.
  const written = record.listAttributed().filter(({ isOwn }) => isOwn);
  const files: PrunableFile[] = [];
  const isTyped = getTyped(flags.kubeconfig, host.env.get("ATMOS_KUBECONFIG")) !== undefined;
  for (const place of listKubeconfigs(host, { model, asked: flags.kubeconfig, written: all })) {
    const look = () => prunable(host, { place, record, written, gone }) ?? (isTyped ? missing(place) : undefined);
    const found = await trying.attempt(look);
    if (found !== undefined) files.push({ place, ...found });
  }
  return files;
}

function missing({ path }: FileWithTarget): never {
  throw new AppError("kubeconfig-path", `Cannot prune kubeconfig "${path}": it does not exist`, {
    hint: "Use one that is: --kubeconfig PATH",
  });
}

interface Showing {
  readonly found: readonly PrunableFile[];
  readonly gone: (place: FileWithTarget) => RemovalInput["contexts"];
  readonly trying: Trying;
}

interface Shown {
  readonly place: FileWithTarget;
  readonly contexts: readonly string[];
}

async function show(host: LoginCommandHost, { found, gone, trying }: Showing): Promise<readonly Shown[]> {
  const shown: Shown[] = [];
  for (const { place } of found) {
    const preview = await trying.attempt(() => previewRemoval(host, { location: place, contexts: gone(place) }));
    if (preview === undefined) continue;
    const { before, text: after, contexts, currentContext } = preview;
    host.terminal.out(await unifiedDiff({ path: place.path, before, after, format: "yaml" }));
    const removal = { path: place.path, contexts, ...(currentContext === undefined ? {} : { currentContext }) };
    for (const line of warnOfCurrentContext(host, removal)) host.terminal.err(`${line}\n`);
    shown.push({ place, contexts });
  }
  return shown;
}

async function finish(
  host: LoginCommandHost,
  { shown, gone, trying, verdicts, input: { flags, globals } }: Omit<Showing, "found"> & {
    readonly shown: readonly Shown[];
    readonly verdicts: ReadonlyMap<string, Verdict>;
    readonly input: PruneInput;
  },
): Promise<number> {
  const what = formatCount(shown.flatMap(({ contexts }) => contexts).length, "context");
  if (shown.length === 0) {
    host.terminal.err(`Nothing to prune: ${formatCount(verdicts.size, "cluster")} checked.\n`);
  } else if (flags["dry-run"]) {
    host.terminal.err(`Would remove ${what}; nothing was written.\n`);
  } else {
    if (!flags.yes) await askToRemove(host, what);
    const removed: string[] = [];
    for (const { place } of shown) {
      removed.push(...await trying.attempt(() => removeGone(host, { place, gone: gone(place) })) ?? []);
    }
    if (removed.length > 0 && warns(globals)) tellKubectl(host, removed);
  }
  return trying.status();
}

/** Says what kubectl makes of its files now. */
function tellKubectl(host: LoginCommandHost, removed: readonly string[]): void {
  for (const line of removalWarnings(host, removed)) host.terminal.err(`${line}\n`);
}

/** AppError "usage" where no one can be asked, "interrupted" for anything but a yes. */
async function askToRemove({ terminal }: Needs<"terminal">, what: string): Promise<void> {
  if (!terminal.isTty.stdin || !terminal.isTty.stderr) {
    throw new AppError("usage", `Cannot ask whether to remove ${what}: there is no terminal`, {
      hint: `Review the changes, then: ${TYPED_COMMAND} --yes`,
    });
  }
  if (await isConfirmed({ terminal }, `Remove ${what}?`)) return;
  throw cancelledByUser("Cancelled: nothing was changed");
}

/** Says of each context of an integration that is gone why it goes, or why it stays. */
function tellGone(host: Needs<"terminal">, { place: { path }, gone }: PrunableFile): void {
  for (const { name, integration, isEdited, isShared } of gone) {
    const why = `integration "${integration}" is no longer in atmos.yaml`;
    const command = `kubectl config delete-context ${quotePosix(name)} --kubeconfig ${quotePosix(path)}`;
    const lines = isShared
      ? [`Kept: context ${name}: ${why}, but the context belongs to others as well`]
      : isEdited
      ? [`Kept: context ${name}: ${why}, but the context was edited`, `Hint: To remove it: ${command}`]
      : [`Context ${name} in ${path}: ${why}`];
    for (const line of lines) host.terminal.err(`${printable(line)}\n`);
  }
}

/** Says which contexts stay whatever has become of their clusters. */
function tellOthers(host: Needs<"terminal">, { place: { path }, others }: PrunableFile): void {
  if (others.length === 0) return;
  const more = others.length > SHOWN ? ` and ${others.length - SHOWN} more` : "";
  const which = `${formatCount(others.length, "context")} in ${path} (${others.slice(0, SHOWN).join(", ")}${more})`;
  const lines = [
    `Note: ${which}: written for another configuration, or by flags of update-kubeconfig, and not looked at`,
    `Hint: Prune there, or: kubectl config delete-context NAME --kubeconfig ${quotePosix(path)}`,
  ];
  for (const line of lines) host.terminal.err(`${printable(line)}\n`);
}

/** Says of each cluster that no one could tell about why, and once what helps. */
function tellUnknown(host: Needs<"terminal">, verdicts: ReadonlyMap<string, Verdict>): void {
  const hints = new Set<string>();
  for (const [arn, verdict] of verdicts) {
    if (typeof verdict === "string") continue;
    const [first, ...more] = new Set(verdict.map(({ message }) => message));
    host.terminal.err(`Kept: ${printable(`${arn}: ${first}`)}\n`);
    for (const message of more) host.terminal.err(`      ${printable(message)}\n`);
    for (const error of verdict) hints.add(renderRemedy(host, error));
  }
  for (const line of [...hints].flatMap(hintLines)) host.terminal.err(`${line}\n`);
}

interface Attempts {
  /** undefined for what failed, which is told. */
  attempt<T>(work: () => T | Promise<T>): Promise<T | undefined>;
  /** The exit status: that of the first failure. */
  status(): number;
}

/** For what goes on whatever fails: each failure is told as it comes. */
function attempts(host: Needs<"terminal" | "env">, globals: Pick<Globals, "no-color">): Attempts {
  const style = reportStyle(host, globals["no-color"] ? ["--no-color"] : []);
  let status = 0;
  return {
    status: () => status,
    async attempt(work) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        report(host, { error, style });
        status ||= error.exitStatus;
        return undefined;
      }
    },
  };
}
