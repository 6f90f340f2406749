import { AppError } from "../../errors.ts";
import { isFileError } from "../../host/files/file_error.ts";
import type { Needs, RunInput, RunResult } from "../../host/host.ts";
import { Answer, KEY, UnusableAnswer } from "../client/answer.ts";
import { type Credentials, keepSecret } from "../client/credentials.ts";
import { getMessage } from "../client/sdk_error.ts";
import { profileFlag } from "../shared_config/profile.ts";

/** Longer than it takes a person to log in where it asks for that. */
const LONGEST_MS = 10 * 60_000;
const MOST_BYTES = 1024 * 1024;

/** Set for a credential_process, so that this program, when it is one, does not ask for its own credentials for ever. */
export const PROCESS_MARK = "ATMOS_CREDENTIAL_PROCESS";

export interface ProcessInput {
  readonly profile: string;
  /** As the profile has it: one line for a shell. */
  readonly command: string;
}

/**
 * The credentials that a profile's credential_process prints; "login-needed" when it prints none. Nothing of its
 * standard output is ever repeated. It starts in HOME, not where the user is: that may be a repository with programs of
 * the same relative path, or settings for those that look for them there. https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
 */
export async function processCredentials(
  host: Needs<"run" | "env" | "read" | "clock">,
  input: ProcessInput,
): Promise<Credentials> {
  const limits = { timeoutMs: LONGEST_MS, maxBytes: MOST_BYTES };
  const env = { [PROCESS_MARK]: "1" };
  const result = await host.run.capture({ ...inShell(host, input.command), ...inHome(host), env, ...limits });
  if (result.stopped === "refused") throw notRun(input);
  const found = result.status === 0 && result.stopped === undefined
    ? parseAnswer(result.stdout, host.clock.now())
    : makeFailure(result);
  if (typeof found !== "string") return found;
  const message = `Cannot get AWS credentials of profile "${input.profile}": its credential_process ${found}`;
  throw new AppError("login-needed", message, {
    hint: `Run that command yourself, or correct it: aws configure get credential_process${profileFlag(input.profile)}`,
  });
}

function notRun({ profile }: ProcessInput): AppError {
  const message = `Cannot get AWS credentials of profile "${profile}": its credential_process was not run`;
  return new AppError("login-needed", message, { hint: "A dry run starts no programs" });
}

/** Without HOME, the one directory that is always there. */
function inHome(host: Needs<"env" | "read">): Pick<RunInput, "cwd"> {
  if (host.env.get("OS") === "Windows_NT") return {};
  const home = host.env.get("HOME");
  return { cwd: home?.startsWith("/") && isDirectoryThere(host, home) ? home : "/" };
}

function isDirectoryThere(host: Needs<"read">, path: string): boolean {
  try {
    return host.read.stat(path)?.isDirectory === true;
  } catch (error) {
    if (isFileError(error)) return false;
    throw error;
  }
}

/** Windows is the one system that sets OS. */
function inShell(host: Needs<"env">, command: string): RunInput {
  if (host.env.get("OS") !== "Windows_NT") return { command: "/bin/sh", args: ["-c", command] };
  return { command: host.env.get("ComSpec") ?? "cmd.exe", args: ["/d", "/s", "/c", command] };
}

function makeFailure({ status, stderr, stopped }: RunResult): string {
  if (stopped === "timeout") return "took more than 10 minutes and was ended";
  if (stopped === "output") return "printed more than 1 MiB and was ended";
  const how = status > 128 ? `was ended by signal ${status - 128}` : `failed with exit status ${status}`;
  return stderr.trim() === "" ? how : `${how}: ${getMessage(stderr)}`;
}

/** The credentials, or what is wrong with them. */
export function parseAnswer(stdout: string, now: number): Credentials | string {
  const answer = jsonObject(stdout);
  if (answer === undefined) return "printed something that is not JSON";
  const { Version: version, Expiration: expires } = answer;
  if (version !== 1) return typeof version === "number" ? `printed Version ${version}, not 1` : "printed no Version 1";
  const keys = readKeys(answer);
  if (typeof keys === "string") return keys;
  const expiration = expires == null ? undefined : new Date(String(expires));
  if (expiration !== undefined && Number.isNaN(expiration.getTime())) {
    return "printed an Expiration that is not a timestamp";
  }
  if (expiration !== undefined && expiration.getTime() <= now) {
    return `printed credentials that expired at ${expiration.toISOString().slice(0, 19)}Z`;
  }
  return keepSecret({ ...keys, ...(expiration === undefined ? {} : { expiration }) });
}

/** The keys, or what is wrong with them: they become variables and lines of files, as those of AWS do. */
function readKeys(answer: Readonly<Record<string, unknown>>) {
  try {
    const found = new Answer(answer);
    const sessionToken = found.optionalText("SessionToken", KEY);
    return {
      accessKeyId: found.text("AccessKeyId", KEY),
      secretAccessKey: found.text("SecretAccessKey", KEY),
      ...(sessionToken === undefined ? {} : { sessionToken }),
    };
  } catch (error) {
    if (error instanceof UnusableAnswer) return error.found.replace(/^contains /, "printed ");
    throw error;
  }
}

function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value as Record<string, unknown> : undefined;
  } catch {
    return undefined;
  }
}
