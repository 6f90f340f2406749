import { AppError } from "../errors.ts";
import { hideInAnswer } from "../hidden_texts.ts";
import type { Needs, RunResult } from "../host/host.ts";
import { Secret } from "../secret.ts";

/** A program `docker-credential-<helper>`, and why docker would run it. */
interface Helper {
  readonly helper: string;
  readonly from: "credHelpers" | "credsStore";
}

interface HelperInput extends Helper {
  readonly registry: string;
  /** Docker's config.json, for messages. */
  readonly path: string;
  /** Helpers that gave no answer: waiting again for each registry would take as long again. */
  readonly silent: Set<string>;
}

/** Longer than it takes to unlock a keychain by hand. */
const TIMEOUT_MS = 60_000;
const MAX_BYTES = 64 * 1024;
/** What a shell answers for a file that it may not run. */
const NOT_EXECUTABLE = 126;

/** What helpers that know nothing of a registry answer, word by word. */
export const NOT_FOUND = "credentials not found in native keychain";

/** Helpers that make a registry's password themselves whenever docker asks, and take none. */
export function makesPasswords(helper: string): boolean {
  return helper === "ecr-login" || isOurs(helper);
}

/** Whether the helper is this program under the name that `atmos aws ecr configure` gives it. */
export function isOurs(helper: string): boolean {
  return helper === "atmos" || helper.startsWith("atmos-");
}

/**
 * Hands a password to a credential helper, on its standard input. AppError "integration-failed", which says what the
 * helper said. Permission: run. https://github.com/docker/docker-credential-helpers
 */
export async function storeInHelper(
  host: Needs<"run">,
  input: HelperInput & { readonly username: string; readonly password: Secret },
): Promise<void> {
  const { registry, username, password } = input;
  const payload = JSON.stringify({ ServerURL: registry, Username: username, Secret: password.reveal() });
  const result = await ask(host, { ...input, verb: "store", stdin: payload });
  // What it prints may have the password in it.
  if (isFailure(result)) throw makeFailure(input, { doing: "store the login for", result, secret: password.reveal() });
}

interface HelperLogin {
  readonly user: string;
  /** User and password, in base64 as docker's file has them. */
  readonly auth: Secret;
}

/** The login that a helper has; undefined when it has none. Errors and permission as storeInHelper. */
export async function loginInHelper(host: Needs<"run">, input: HelperInput): Promise<HelperLogin | undefined> {
  const result = await ask(host, { ...input, verb: "get", stdin: input.registry });
  if (isFailure(result) && getSaid(result).includes(NOT_FOUND)) return undefined;
  const login = isFailure(result) ? undefined : loginIn(result.stdout);
  if (login === undefined) throw makeFailure(input, { doing: "look up the login for", result });
  return login.user === "" ? undefined : login;
}

/** User and password in base64, as docker's file has them: the password leaves for docker's file, or is recognized. */
export function encodeAuth(user: string, password: Secret): Secret {
  return new Secret(new TextEncoder().encode(`${user}:${password.reveal()}`).toBase64());
}

/** Has a helper forget a registry. Errors and permission as storeInHelper. */
export async function eraseInHelper(host: Needs<"run">, input: HelperInput): Promise<void> {
  const result = await ask(host, { ...input, verb: "erase", stdin: input.registry });
  if (!isFailure(result) || getSaid(result).includes(NOT_FOUND)) return;
  throw makeFailure(input, { doing: "remove the login for", result });
}

type Asked = HelperInput & { readonly verb: "get" | "store" | "erase"; readonly stdin: string };

async function ask(host: Needs<"run">, asked: Asked): Promise<RunResult> {
  const { helper, silent } = asked;
  if (!/^[\w.+@-]+$/.test(helper)) throw unusable(asked);
  if (silent.has(helper)) return { status: NOT_EXECUTABLE, stdout: "", stderr: "", stopped: "timeout" };
  const result = await runHelper(host, asked);
  if (result.stopped === "timeout") silent.add(helper);
  return result;
}

async function runHelper({ run }: Needs<"run">, { helper, verb, stdin }: Asked): Promise<RunResult> {
  const command = `docker-credential-${helper}`;
  try {
    return await run.capture({ command, args: [verb], stdin, timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES });
  } catch {
    return { status: NOT_EXECUTABLE, stdout: "", stderr: "" };
  }
}

/** A script that was stopped may still say that all is well. */
function isFailure({ status, stopped }: RunResult): boolean {
  return status !== 0 || stopped !== undefined;
}

/** The user is "" when the answer has none; undefined when it is no answer. */
function loginIn(stdout: string): HelperLogin | undefined {
  try {
    const answer: unknown = JSON.parse(stdout.trim() || "{}");
    if (typeof answer !== "object" || answer === null) return undefined;
    const { Username: user = "", Secret: password = "" } = answer as Readonly<Record<string, unknown>>;
    if (typeof user !== "string" || typeof password !== "string") return undefined;
    return { user, auth: encodeAuth(user, new Secret(password)) };
  } catch {
    return undefined;
  }
}

function getSaid({ stdout, stderr }: RunResult): string {
  return `${stdout}\n${stderr}`;
}

function makeFailure(
  input: HelperInput,
  { doing, result, secret }: { readonly doing: string; readonly result: RunResult; readonly secret?: string },
): AppError {
  const { registry, helper, from, path } = input;
  const message = `Cannot ${doing} "${registry}": docker-credential-${helper} ${how(result, secret)}`;
  const missing = result.status === 127;
  return new AppError("integration-failed", message, {
    hint: missing
      ? `Install docker-credential-${helper}, or take ${from} "${helper}" out of ${path}`
      : `Try it yourself: docker-credential-${helper} list; or take ${from} "${helper}" out of ${path}`,
    facts: { helper, from },
  });
}

function how(result: RunResult, secret: string | undefined): string {
  if (result.stopped === "timeout") return `did not answer within ${TIMEOUT_MS / 1000} s`;
  if (result.stopped === "output") return "printed more than a credential helper may";
  if (result.status === 127) return "is not on PATH";
  if (result.status === NOT_EXECUTABLE) return "cannot be run";
  // Half of an answer may be a password.
  if (result.status === 0) return "returned something that is not a login";
  const words = getSaid(result).replaceAll(/[\s\p{Cc}]+/gu, " ").trim();
  // A helper that repeats what it was given is not repeated.
  const silent = words === "" || (secret !== undefined && words.includes(secret.slice(0, 16)));
  return silent ? `failed with exit status ${result.status}` : `failed: ${hideInAnswer(words).slice(0, 300)}`;
}

function unusable({ helper, from, path, registry }: HelperInput): AppError {
  const found = `${from} is ${JSON.stringify(helper)}, which is not a program name`;
  return new AppError("integration-failed", `Cannot store the login for "${registry}": ${found}`, {
    hint: `Correct ${from} in ${path}`,
  });
}
