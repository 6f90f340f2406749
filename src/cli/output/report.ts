import { AppError, type ErrorDetails, type Position } from "../../errors.ts";
import { hideAddressSecrets } from "../../formats/text/hide_address_secrets.ts";
import { hideRecordedTexts } from "../../hidden_texts.ts";
import type { Needs } from "../../host/host.ts";
import { withoutRuntimeAdvice } from "../../host/process/permissions.ts";
import type { Globals } from "../args/global_flags.ts";
import { isTrue } from "../args/flag_values.ts";
import { hasSwitch } from "../args/tokenize.ts";
import { printable } from "./text.ts";
import { renderHints, renderRemedy } from "./remedy.ts";

/** How an error is to look. */
export interface ReportStyle {
  readonly color: boolean;
  readonly verbose: boolean;
  /** Whether it is a pipeline, where no user is asked. */
  readonly isPipeline?: true;
}

/** Read before anything else, because the command may have to give up the environment, or argv may be unreadable. */
export function reportStyle(host: Needs<"env" | "terminal">, argv: readonly string[]): ReportStyle {
  const plain = hasSwitch(argv, "--no-color") || host.env.get("NO_COLOR") !== undefined ||
    host.env.get("TERM") === "dumb";
  const style = { color: host.terminal.isTty.stderr && !plain, verbose: hasSwitch(argv, "--verbose") };
  return isTrue(host.env.get("CI")) ? { ...style, isPipeline: true } : style;
}

/** Whether `--logs-level` (ATMOS_LOGS_LEVEL) lets warnings through. */
export function warns(globals: Pick<Globals, "logs-level">): boolean {
  return globals["logs-level"] !== "error" && globals["logs-level"] !== "off";
}

/** Prints an error for people, on stderr: what happened, where, and what to do. */
export function report(host: Needs<"terminal">, { error, style }: { error: AppError; style: ReportStyle }): void {
  host.terminal.err(`${lines(host, { error, style }).join("\n")}\n`);
}

function lines(
  host: Needs<never>,
  { error, style }: { readonly error: AppError; readonly style: ReportStyle },
): readonly string[] {
  const paint = (code: number, text: string) => (style.color ? `\x1b[${code}m${text}\x1b[0m` : text);
  const hint = renderRemedy(host, style.isPipeline ? error.within({ isPipeline: true }) : error);
  const hints = hint.split("\n").filter((line) => line !== "");
  return [
    `${error.isCancelled ? "" : `${paint(31, "Error:")} `}${safe(placedMessage(error))}`,
    ...hints.map((hint) => `${paint(36, "Hint:")} ${safe(hint)}`),
    ...(style.verbose && error.code === "internal" ? frames(error) : []),
  ];
}

/** Returns what a warning prints for people: what happened, where, and what to do; each line with its line break. */
export function renderWarning(
  host: Needs<never>,
  warning: Pick<AppError, "message"> & Pick<ErrorDetails, "hint" | "context" | "place">,
): string {
  return `Warning: ${printable(placedMessage(warning))}\n${renderHints(host, warning)}`;
}

/** An error for programs, without secrets, as for people. */
export function errorData(host: Needs<never>, error: AppError) {
  const hint = renderRemedy(host, error);
  return {
    code: error.code,
    message: withoutSecrets(placedMessage(error)),
    hint: hint === "" ? null : withoutSecrets(hint),
  };
}

/** A message for programs: without what is secret in addresses, and without recorded secrets and included texts. */
export function withoutSecrets(message: string): string {
  return hideAddressSecrets(hideRecordedTexts(message));
}

/** What happened, behind the place in a file where it did. */
export function placedMessage({ place, message }: Pick<AppError, "message"> & Pick<ErrorDetails, "place">): string {
  return place === undefined ? message : `${placeText(place)}: ${message}`;
}

function placeText({ file, line, column }: Position): string {
  return `${file === undefined ? "" : `${file}:`}${line}:${column}`;
}

function safe(text: string): string {
  return printable(withoutRuntimeAdvice(text));
}

/** Where it happened, without the messages: those may repeat input that holds secrets. */
function frames(error: AppError): readonly string[] {
  const origin = error.cause instanceof Error ? error.cause : error;
  return (origin.stack ?? "").split("\n").filter((line) => line.trimStart().startsWith("at ")).map(printable);
}

/** The same error without a hint of its own: programs show one line of what their plugin says, often several times. */
export function oneLine<E>(host: Needs<never>, error: E): E | AppError {
  if (!(error instanceof AppError)) return error;
  const { code, message, facts, place, cause } = error;
  const hint = renderRemedy(host, error);
  const text = hint === "" ? message : `${message}${/[.?!]$/.test(message) ? "" : "."} ${hint}`;
  const details = { facts, cause, ...(place === undefined ? {} : { place }) };
  return new AppError(code, text.replaceAll(/\s*\n\s*/g, "; "), details);
}

/** Whether to say what is being done: `--verbose`, or `--logs-level` debug or trace. */
export function isVerbose(globals: Pick<Globals, "verbose" | "logs-level">): boolean {
  return globals.verbose || globals["logs-level"] === "debug" || globals["logs-level"] === "trace";
}
