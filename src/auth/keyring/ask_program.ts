import { AppError } from "../../errors.ts";
import type { Needs, RunInput, RunResult } from "../../host/host.ts";
import { suggestFileKeyring } from "./hints.ts";
import { joinLines, LOGIN, remedy } from "../../remedy.ts";

/** A locked keychain shows a window that no one may ever see. */
const READ_MS = 2_000;
/** Someone is there who gave the keys, and may unlock the keychain in that window. */
const WRITE_MS = 60_000;
const MOST_BYTES = 64 * 1024;
const NOT_FOUND = 127;
/** How a program ends that finds no keychain to talk to. */
const FAILED = 1;

export interface ProgramRequest extends Pick<RunInput, "command" | "args" | "env" | "stdin"> {
  /** The keychain and its program. */
  readonly title: string;
  readonly writes?: true;
  /** Milliseconds for a program that takes its time to start. */
  readonly readMs?: number;
  /** What fixes a program that is not there. */
  readonly install: string;
  /** What a person does about a keychain that is locked. */
  readonly unlock: string;
}

/**
 * Runs a keychain's program. AppError "login-needed" when it does not answer in time, or this run starts no programs,
 * "config-invalid" when it does not exist. Permission: run.
 */
export async function askProgram(host: Needs<"run">, asked: ProgramRequest): Promise<RunResult> {
  const { command, args, env = {}, stdin } = asked;
  const timeoutMs = asked.writes ? WRITE_MS : asked.readMs ?? READ_MS;
  const given = stdin === undefined ? {} : { stdin };
  const result = await host.run.capture({ command, args, env, ...given, timeoutMs, maxBytes: MOST_BYTES });
  if (result.stopped === "refused") throw makeNotAsked(asked);
  if (result.stopped !== undefined) throw tooLate(asked, timeoutMs);
  if (result.status === NOT_FOUND) throw notThere(asked);
  return result;
}

/**
 * What the program said to a failure; it may quote a name, never a secret, which it was not asked to print. That there is
 * no keychain is only its own word: one that is killed, locked or cannot be started does not say so.
 */
export function programFailure({ title }: Pick<ProgramRequest, "title">, { status, stderr }: RunResult): AppError {
  const said = stderr.trim().split("\n")[0]!.trim() || `its program ended with status ${status}`;
  return new AppError("config-invalid", `Cannot use ${title}: ${said}`, {
    hint: suggestFileKeyring(
      "Without a desktop there may be no keychain. In that case, keep the keys in encrypted files",
    ),
    ...(status === FAILED ? { facts: { keychain: "absent" } } : {}),
  });
}

function makeNotAsked({ title }: ProgramRequest): AppError {
  const hint = remedy`A dry run starts no programs. Log in first: ${LOGIN}`;
  return new AppError("login-needed", `Cannot use ${title}: its program was not run`, { hint });
}

function tooLate({ title, unlock }: ProgramRequest, ms: number): AppError {
  return new AppError("login-needed", `Cannot use ${title}: no answer within ${ms / 1000} s, it may be locked`, {
    hint: joinLines([unlock, suggestFileKeyring("Without a desktop, keep the keys in encrypted files")]),
  });
}

function notThere({ title, command, install }: ProgramRequest): AppError {
  return new AppError("config-invalid", `Cannot use ${title}: ${command} is not installed`, {
    hint: suggestFileKeyring(`${install}, or keep the keys in encrypted files`),
    facts: { keychain: "absent" },
  });
}
