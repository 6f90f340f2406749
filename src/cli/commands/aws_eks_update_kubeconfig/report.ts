import { isWithoutIdentity } from "../../args/global_flags.ts";
import { AppError } from "../../../errors.ts";
import { jsonText } from "../../output/json_text.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { paints } from "../../output/paint.ts";
import { errorData, placedMessage, report as reportError, warns } from "../../output/report.ts";
import { printable } from "../../output/text.ts";
import { type EntryResult, outcomeData } from "./outcome.ts";
import type { ResultRow } from "./result_row.ts";
import { type IdentityTarget, isPreview, type Targets } from "./targets.ts";
import { renderHints } from "../../output/remedy.ts";

export interface ReportInput {
  readonly targets: Targets;
  /** In the order in which they were asked for. */
  readonly rows: readonly ResultRow<EntryResult>[];
}

/** The exit status of the first failure; prints data for programs and every failure. The only row that was asked for throws its own. */
export async function report(host: LoginCommandHost, input: ReportInput): Promise<number> {
  const rows = await withHints(input);
  const { globals, flags } = input.targets.input;
  const [only, ...others] = rows;
  const isAlone = others.length === 0;
  const isFailed = only?.result instanceof AppError;
  if (flags.output === "json" && !(isAlone && isFailed)) printData(host, { ...input, rows });
  if (isAlone && isFailed) throw only.result;
  const failures = rows.flatMap(({ name, result }) =>
    result instanceof AppError && !isSkipped(input, result) ? [withName(result, name)] : []
  );
  const style = { color: paints(host, { stream: "stderr", globals }), verbose: globals.verbose };
  warnOfSkipped(host, { ...input, rows });
  for (const error of failures) reportError(host, { error, style });
  await reportGoneIntegrations(host, input.targets);
  return failures[0]?.exitStatus ?? 0;
}

/** A cluster that was only found, and is not ready, is no failure where others were written. */
function isSkipped({ targets, rows }: ReportInput, { facts }: AppError): boolean {
  const isNotReady = targets.input.flags.discover && facts["status"] !== undefined;
  return isNotReady && rows.some(({ result }) => !(result instanceof AppError));
}

function warnOfSkipped(host: LoginCommandHost, input: ReportInput): void {
  if (!warns(input.targets.input.globals)) return;
  for (const { result } of input.rows) {
    if (!(result instanceof AppError) || !isSkipped(input, result)) continue;
    host.terminal.err(`Warning: ${printable(result.message)}; it is skipped\n`);
    host.terminal.err(renderHints(host, result));
  }
}

/** Of integrations, those that atmos.yaml does not have any more count as well. */
async function reportGoneIntegrations(host: LoginCommandHost, targets: Targets): Promise<void> {
  const { input } = targets;
  const areIntegrations = targets.source === "identities" && targets.choice === undefined;
  if (!areIntegrations || isPreview(input) || !warns(input.globals)) return;
  const { reportGone } = await import("../../provision/gone_contexts.ts");
  await reportGone(host, { ...targets.auth, globals: input.globals });
}

/** The failures of identities, with hints that name the flags and logins that fit. */
async function withHints({ targets, rows }: ReportInput): Promise<ReportInput["rows"]> {
  const isEnvironment = targets.source === "environment" || isWithoutIdentity(targets.input.globals);
  if (isEnvironment || rows.every(({ result }) => !(result instanceof AppError))) return rows;
  const { addIntegrationContext } = await import("../../provision/integration_remedy.ts");
  const { model } = targets.auth;
  const flags = rows.length > 1 ? "shared" : "all";
  return rows.map(({ name, result }, index) => {
    const target = targets.rows[index]!.result;
    if (!(result instanceof AppError) || target instanceof AppError) return { name, result };
    const { integration } = target;
    return {
      name,
      result: addIntegrationContext(result, { model, integration, identity: identityName(target), flags }),
    };
  });
}

function identityName({ chain }: IdentityTarget): string {
  return chain.identities.at(-1)!.name;
}

/** A list where several were asked for. */
function printData(host: LoginCommandHost, { targets, rows }: ReportInput): void {
  const dryRun = isPreview(targets.input);
  const data = rows.map(({ name, result }, index) => {
    const about = integrationData(targets, { name, index });
    if (result instanceof AppError) {
      const action = isSkipped({ targets, rows }, result) ? "skipped" : "failed";
      return { ...about, action, error: errorData(host, result), ...(dryRun ? { dryRun } : {}) };
    }
    return { ...about, ...outcomeData(result), ...(targets.source === "environment" ? {} : { error: null }) };
  });
  host.terminal.out(jsonText(rows.length > 1 ? data : data[0]));
}

/** Which integration it is, and the identity that it was for, where something says that. */
function integrationData(targets: Targets, { name, index }: { readonly name: string; readonly index: number }) {
  if (targets.source === "environment") return {};
  const target = targets.rows[index]!.result;
  if (targets.input.flags.discover) return discoveredData(target);
  if (targets.choice !== undefined) return {};
  const isNone = target instanceof AppError || isWithoutIdentity(targets.input.globals);
  return { integration: name, identity: isNone ? null : identityName(target) };
}

function discoveredData(target: IdentityTarget | AppError) {
  if (target instanceof AppError) return {};
  const { integration: { cluster: { name, region } }, chain } = target;
  return { cluster: name, region, account: chain.identities.at(-1)!.accountId ?? null, identity: identityName(target) };
}

/** Of several the user must know which one it is. */
function withName(error: AppError, name: string): AppError {
  const { code, hint, context, facts, cause } = error;
  const details = { context, facts, cause, ...(hint === undefined ? {} : { hint }) };
  return new AppError(code, `${name}: ${placedMessage(error)}`, details);
}
