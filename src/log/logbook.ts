import type { Needs } from "../host/host.ts";
import { LOG_LEVELS, type LogFacts, type LogLevel, type LogSettings } from "../host/log_port.ts";
import { encodeUtf8 } from "../formats/text/utf8.ts";
import { openLogFile } from "./log_file.ts";
import { jsonLine, logfmtLine } from "./log_line.ts";

/** An event, and when it was; milliseconds since the epoch. */
export interface LogTarget {
  readonly time: number;
  readonly level: LogLevel;
  readonly event: string;
  readonly facts: LogFacts;
}

/** Writes an event down, if its level is wanted. */
export type Logbook = (told: LogTarget) => void;

/**
 * Returns what writes events to stderr, or to the end of a file of mode 0600.
 * @throws {AppError} usage, for a file that cannot be written safely
 */
export function openLogbook(
  host: Needs<"read" | "write" | "env" | "sys" | "terminal">,
  { level: least, format, file }: LogSettings,
): Logbook {
  const lineOf = format === "json" ? jsonLine : logfmtLine;
  const put = file === undefined ? host.terminal.err : toFile(host, file);
  const wanted = LOG_LEVELS.slice(LOG_LEVELS.indexOf(least));
  const pid = host.sys.pid();
  const owners = new Owners();
  return ({ time, level, event, facts }) => {
    const known = owners.learn(event, facts);
    if (!wanted.includes(level)) return;
    put(`${lineOf({ time: new Date(time).toISOString(), level, pid, event, ...known })}\n`);
  };
}

/** A disk that is full by now is no reason to end the command; it is said once. */
function toFile(host: Needs<"read" | "write" | "env" | "sys" | "terminal">, path: string): (line: string) => void {
  const file = openLogFile(host, path);
  let isBroken = false;
  return (line) => {
    if (isBroken) return;
    try {
      file.write(encodeUtf8(line));
    } catch {
      isBroken = true;
      host.terminal.err(`Warning: the log ends early: ${JSON.stringify(path)} cannot be written any more\n`);
    }
  };
}

/** Remembers whose access keys are whose, so that each call that is signed with one says so. */
class Owners {
  readonly #owners = new Map<string, LogFacts>();

  learn(event: string, facts: LogFacts): LogFacts {
    const { key, identity, profile } = facts;
    if (typeof key !== "string") return facts;
    // A call is its signer's, whatever it is for.
    if (event === "AWS call") return { ...facts, ...this.#owners.get(key) };
    if (event !== "credentials") return { ...this.#owners.get(key), ...facts };
    const owner = { ...(identity === undefined ? {} : { identity }), ...(profile === undefined ? {} : { profile }) };
    if (Object.keys(owner).length > 0) this.#owners.set(key, owner);
    return facts;
  }
}
