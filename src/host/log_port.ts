import type { Remedy } from "../remedy.ts";

/** How much is told, from the most to the least. */
export const LOG_LEVELS = ["trace", "debug", "info", "warn", "error"] as const;

export type LogLevel = typeof LOG_LEVELS[number];

/** What an event comes with. A Secret is none of these, so that none is ever told. */
export type LogFacts = Readonly<Record<string, string | number | boolean | undefined>>;

/** Where a log goes and what it holds. */
export interface LogSettings {
  readonly level: LogLevel;
  readonly format: "logfmt" | "json";
  /** A path as the user has written it; undefined for stderr. */
  readonly file: string | undefined;
}

/** No permission: what is done is told where a log is asked for, and else nothing. */
export interface Log {
  /** Whether anything is told; what takes work to tell is made only then. */
  readonly isOn: boolean;
  /** Whether flags or variables say what is logged, so that a configuration does not. */
  readonly isSettled: boolean;
  /** Tells an event, such as "AWS call", in one line. */
  tell(level: LogLevel, event: string, facts: LogFacts): void;
  /** Milliseconds since the program began: how long something takes is the difference of two. */
  elapsed(): number;
  /** Begins to tell, what is told until the end; "off" settles that nothing is. @throws {AppError} usage */
  begin(settings: LogSettings | "off"): Promise<void>;
}

/** What is wrong, though the command goes on: told to the user, whether or not there is a log. */
export interface Warning {
  readonly message: string;
  readonly hint: Remedy;
}
