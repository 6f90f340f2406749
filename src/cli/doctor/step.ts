import { AppError, type ErrorCode, EXIT_STATUS } from "../../errors.ts";
import { placedMessage } from "../output/report.ts";
import type { Remedy, RemedyContext } from "../../remedy.ts";

/** What to do about something. */
export interface Advice {
  /** A command line that fixes it, to type as it is. */
  readonly fix?: Remedy | undefined;
  /** What no single command does. */
  readonly hint?: Remedy | undefined;
  /** What these leave open. */
  readonly context?: RemedyContext;
}

/** What a check has found. */
export interface Verdict extends Advice {
  readonly state: "ok" | "warning" | "failure" | "skipped";
  /** One line, without secrets. */
  readonly found: string;
  /** Of a failure: it decides the exit status. */
  readonly code?: ErrorCode;
}

/** A check of a report by its name. */
export interface Step extends Verdict {
  readonly id: string;
}

/** Returns that all is well. */
export function ok(found: string): Verdict {
  return { state: "ok", found };
}

/** Returns that nothing was checked, and why. */
export function skipped(found: string): Verdict {
  return { state: "skipped", found };
}

/** Returns that it works, but not as it should. */
export function warning(found: string, advice: Advice = {}): Verdict {
  return { state: "warning", found, ...advice };
}

/** Returns that it does not work. */
export function failure(code: ErrorCode, found: string, advice: Advice = {}): Verdict {
  return { state: "failure", code, found, ...advice };
}

/** Returns the failure that an error stands for; its hint is left out where a command says the same. */
export function failureFrom(error: unknown, fix?: Remedy): Verdict {
  if (!(error instanceof AppError)) throw error;
  const { hint, context } = error;
  return failure(error.code, placedMessage(error), fix === undefined ? { hint, context } : { fix });
}

/** Returns the exit status of a report: 0 without failures, else that of the first failure's code. */
export function exitStatus(steps: readonly Step[]): number {
  const code = steps.find(({ state }) => state === "failure")?.code;
  return code === undefined ? 0 : EXIT_STATUS[code];
}
