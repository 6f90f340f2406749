import type { Needs } from "../../host/host.ts";
import { LOG_LEVELS, type LogLevel, type LogSettings } from "../../host/log_port.ts";
import type { Globals } from "./global_flags.ts";

/** What is said of a log, by flags and variables or by a configuration. */
export interface RequestedLog {
  /** "off" for none. */
  readonly level: LogLevel | "off" | undefined;
  readonly file: string | undefined;
}

/** Paths of the standard streams, as the Go atmos has them for its own log; stdout is for data here. */
const STREAM = /^\/dev\/(?:stderr|stdout|fd\/[12])$/;

/**
 * Returns the log that is wanted: a file gets what its level says, "debug" by default, and stderr only "debug" and
 * "trace", since messages for people are there anyway. "off" for none, undefined where nothing is said.
 */
export function readLogFlags(
  { level, file: path }: RequestedLog,
  format: LogSettings["format"],
): LogSettings | "off" | undefined {
  const file = path === undefined || STREAM.test(path) ? undefined : path;
  if (level === undefined && file === undefined) return undefined;
  if (level === "off" || file === "/dev/null") return "off";
  if (file === undefined && level !== "debug" && level !== "trace") return "off";
  return { level: level ?? "debug", file, format };
}

/** Returns what flags and their variables say of the log. */
export function logOfFlags(
  globals: Pick<Globals, "logs-level" | "logs-file" | "logs-format">,
): LogSettings | "off" | undefined {
  return readLogFlags({ level: globals["logs-level"], file: globals["logs-file"] }, globals["logs-format"]);
}

/**
 * Returns what variables alone say of the log of a command that reads no flags, and whose messages the user does not
 * see: a file or none. A level that means nothing there is as if it were not set. Permission: env.
 */
export function logOfVariables({ env }: Needs<"env">): LogSettings | undefined {
  const said = env.get("ATMOS_LOGS_LEVEL")?.toLowerCase();
  const level = said === "off" ? said : LOG_LEVELS.find((one) => one === said);
  const format = env.get("ATMOS_LOGS_FORMAT")?.toLowerCase() === "json" ? "json" : "logfmt";
  const wanted = readLogFlags({ level, file: env.get("ATMOS_LOGS_FILE") }, format);
  return wanted === undefined || wanted === "off" || wanted.file === undefined ? undefined : wanted;
}
