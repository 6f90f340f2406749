import type { FileProblem } from "../../../auth/files/file_problem.ts";
import { recordLogout } from "../../../store/state/recent_logouts.ts";
import { shellLines } from "./shell_lines.ts";
import { endSessions, removeLogins } from "../../../auth/logout/logout.ts";
import { type LogoutPlan, logoutPlan } from "../../../auth/logout/logout_plan.ts";
import type { LogoutSelection } from "../../../auth/logout/logout_selection.ts";
import { findDirectoryNamed } from "../../../config/load_config.ts";
import { AppError } from "../../../errors.ts";
import type { ConfigModel } from "../../../integrations/contract/model.ts";
import { isFileError } from "../../../host/files/file_error.ts";
import type { Needs } from "../../../host/host.ts";
import { selectorDirectory, selectorRoot } from "../../../kube/kubectl/selector.ts";
import { forgetRealmSelectors, forgetSelectors } from "../../../kube/kubectl/selector_files.ts";
import { explainFileError } from "../../../store/explain_file_error.ts";
import { join } from "../../../store/paths.ts";
import { loadProjectAuth, reportWarnings } from "../../project/load.ts";
import { problemsAbout } from "../../project/problems_about.ts";
import { trustGate } from "../../project/trust_question.ts";
import { reportAdded } from "../../provision/kubectl_files.ts";
import type { Globals } from "../../args/global_flags.ts";
import { paintFor } from "../../output/paint.ts";
import { printable } from "../../output/text.ts";
import { warns } from "../../output/report.ts";
import { describeInterrupted, findInterrupted, removeInterrupted } from "../../login/interrupted_runs.ts";
import { type CleanedUp, type CleanupInput, cleanUpLinked } from "./linked_cleanup.ts";
import { withSpinner } from "../../prompt/spinner.ts";
import { confirmForgetting, forgetKeys, keychainUsers } from "./forget_keys.ts";
import { type LogoutCommandHost, type LogoutInput, planLines, renderTitle, sharedLines } from "./plan_text.ts";
import { readSelection } from "./selection.ts";
import { usedPowers } from "./used_powers.ts";
import { renderHints } from "../../output/remedy.ts";

interface Planned {
  readonly plan: LogoutPlan;
  /** The same with what logins that were under way have stored since. */
  readonly again: () => Promise<LogoutPlan>;
  /** What is logged out of. */
  readonly title: string;
  readonly selection: LogoutSelection;
  readonly model: ConfigModel;
  readonly globals: Globals;
  /** Of what logins have made ready. */
  readonly linked: Omit<CleanupInput, "dryRun">;
}

/** `atmos auth logout`: removes what logins have kept, and nothing else. */
export async function runAuthLogout(host: LogoutCommandHost, input: LogoutInput): Promise<number> {
  const planned = await planLogout(host, input);
  const { plan, title, selection, linked, globals, model } = planned;
  const cleanup = await cleanUpLinked(host, { ...linked, dryRun: true });
  const users = keychainUsers(plan, input);
  const interrupted = findInterrupted(host);
  const found = count({ plan, cleanup, interrupted });
  if (input.flags["dry-run"] && found + users.length > 0) {
    return foretell(host, { ...planned, cleanup, users, interrupted });
  }
  await confirmForgetting(host, { users, input });
  // Logins that are under way store nothing from here on.
  await recordLogout(host, plan.scope);
  reportAdded(host, { kept: forgetContexts(host, { plan, selection }), globals });
  const forgotten = await forgetKeys(host, { users, input, model, realms: plan.realms });
  // What was found before goes whatever the disk says now.
  const whole = await planned.again().catch((error) => {
    if (error instanceof AppError) return plan;
    throw error;
  });
  const { left, open } = await removeLogins(host, whole);
  const cleaned = await cleanUpLinked(host, { ...linked, dryRun: false });
  const cleared = removeInterrupted(host, interrupted);
  if (count({ plan: whole, cleanup: cleaned, interrupted }) + found + forgotten.length === 0) {
    warn(host, { problems: cleaned.problems, globals });
    host.terminal.err(`Nothing to remove: nothing is stored for ${title}.\n`);
    return 0;
  }
  // A login may begin while AWS is asked, and what it makes ready is its own.
  const unended = await endSessions(withSpinner(host, globals), open);
  warn(host, { problems: [...unended, ...cleaned.problems], globals });
  if (left.length + cleared.left.length > 0) throw partial(host, { title, left: [...left, ...cleared.left] });
  const paint = paintFor(host, { stream: "stderr", globals: input.globals });
  host.terminal.err(`${paint("green", "✓")} Logged out of ${title}\n`);
  const more = [...cleaned.lines, ...cleared.removed.map(describeInterrupted)];
  const removed = [...planLines(whole), ...forgotten, ...more.map(printable)];
  tell(host, removed.map((line) => `Removed: ${line}`));
  tell(host, sharedLines(whole));
  tell(host, shellLines(host, { plan: whole, model }));
  if (cleaned.lines.length > 0 && warns(globals)) await tellKubectl(host);
  return 0;
}

function count(
  { plan: { profiles, sessions, webflows, found }, cleanup, interrupted }: Pick<Planned, "plan"> & {
    readonly cleanup: CleanedUp;
    readonly interrupted: readonly string[];
  },
): number {
  return [profiles, sessions, webflows, found, cleanup.lines, interrupted].reduce((sum, { length }) => sum + length, 0);
}

/** Says where kubectl's current context was among what is removed. */
async function tellKubectl(host: LogoutCommandHost): Promise<void> {
  const { removalWarnings } = await import("../../provision/kubectl_report.ts");
  for (const line of removalWarnings(host, [])) host.terminal.err(`${line}\n`);
}

async function planLogout(host: LogoutCommandHost, input: LogoutInput): Promise<Planned> {
  const { globals } = input;
  const { config, model, problems } = await loadProjectAuth(host, globals, trustGate(host, globals));
  const directory = findDirectoryNamed(config);
  const selection = await readSelection(host, { input, model, directory });
  const about = selection.kind === "identity" ? { identities: [selection.name] } : undefined;
  reportWarnings(host, {
    problems: about === undefined ? problems : problemsAbout({ model, problems }, about),
    globals,
  });
  const again = () => logoutPlan(host, { model, directory, selection }).catch(refuseUnseen);
  const plan = await again();
  await model.trust.require(await usedPowers(host, { plan, model, config, globals, flags: input.flags }));
  return {
    plan,
    again,
    title: renderTitle(selection, plan),
    selection,
    model,
    globals,
    linked: { model, config, globals, plan, selection },
  };
}

/** A login that cannot be looked for may be there: a logout that passed it over would say that it is gone. */
function refuseUnseen(error: unknown): never {
  if (!isFileError(error)) throw error;
  const found = explainFileError(error, error.path);
  throw new AppError("credentials-write", `Cannot look for logins in "${error.path}": ${found}; nothing was removed`, {
    hint: "Make it readable, then log out again",
    cause: error,
  });
}

/**
 * The files by which shells with the variables of `auth env` select a context go with the credentials; returns where those
 * are kept to which programs have added something.
 */
function forgetContexts(
  host: LogoutCommandHost,
  { plan: { realm, realms, selected }, selection }: Pick<Planned, "plan" | "selection">,
): readonly string[] {
  const root = selectorRoot(host);
  if (root === undefined) return [];
  const isAll = selection.kind === "all" || selection.kind === "all-realms";
  const ofRealms = isAll ? realms.flatMap((one) => forgetRealmSelectors(host, join(root, one))) : [];
  const ofIdentities = selected.chains.flatMap(({ identities }) =>
    forgetSelectors(host, selectorDirectory(root, { realm: realm.value, identity: identities.at(-1)!.name }))
  );
  return [...ofRealms, ...ofIdentities];
}

/** Without the permission to run a keychain's program, no one knows what that has. */
function foretell(
  host: Needs<"terminal">,
  { plan, title, globals, cleanup, users, interrupted }: Planned & {
    readonly cleanup: CleanedUp;
    readonly users: readonly string[];
    readonly interrupted: readonly string[];
  },
): number {
  warn(host, { problems: [...plan.problems, ...cleanup.problems], globals });
  host.terminal.err(`Would log out of ${title}\n`);
  const keys = users.map((user) => printable(`access keys of ${user}, if the keyring has any`));
  const more = [...cleanup.lines, ...interrupted.map(describeInterrupted)];
  const lines = [...planLines(plan), ...keys, ...more.map(printable)];
  tell(host, lines.map((line) => `Would remove: ${line}`));
  tell(host, sharedLines(plan));
  host.terminal.err("Nothing was removed.\n");
  return 0;
}

function tell(host: Needs<"terminal">, lines: readonly string[]): void {
  for (const line of lines) host.terminal.err(`  ${line}\n`);
}

function warn(
  host: Needs<"terminal">,
  { problems, globals }: { readonly problems: readonly FileProblem[]; readonly globals: Globals },
): void {
  if (!warns(globals)) return;
  for (const problem of problems) host.terminal.err(`Warning: ${problemLines(host, problem)}`);
}

function problemLines(host: Needs<never>, problem: FileProblem): string {
  return `${printable(problem.message)}\n${renderHints(host, problem)}`;
}

/** A credential that stays where it should be gone is no warning. */
function partial(
  host: Needs<"terminal">,
  { title, left }: { readonly title: string; readonly left: readonly FileProblem[] },
): AppError {
  const [first, ...more] = left;
  for (const problem of more) host.terminal.err(problemLines(host, problem));
  const found = `not everything is removed: ${first!.message}`;
  return new AppError("credentials-write", `Cannot log out of ${title}: ${found}`, first!);
}
