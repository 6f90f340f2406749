import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { normalize } from "../../store/paths.ts";

/** Keeps the logins of several configurations apart: a directory's name and a part of the keyring's keys. */
export interface Realm {
  readonly value: string;
  /** What said so; a name made from the configuration's place counts as "config". */
  readonly source: "env" | "config" | "default";
}

interface RealmInput {
  /** `auth.realm`. */
  readonly configured: string | undefined;
  /** Where the strongest atmos.yaml lies, absolute; undefined when there is none. */
  readonly directory: string | undefined;
}

const VARIABLE = "ATMOS_AUTH_REALM";
const HASH_BYTES = 8;

/**
 * The realm of a configuration: $ATMOS_AUTH_REALM, `auth.realm`, a hash of where the configuration lies, "default".
 * AppError "config-invalid" for a name that cannot be one. Permission: env.
 */
export async function resolveRealm(host: Needs<"env">, { configured, directory }: RealmInput): Promise<Realm> {
  const variable = host.env.get(VARIABLE);
  if (variable !== undefined) return { value: checkValue(variable, VARIABLE), source: "env" };
  if (configured !== undefined && configured !== "") {
    return { value: checkValue(configured, "auth.realm"), source: "config" };
  }
  if (directory === undefined) return { value: "default", source: "default" };
  return { value: await findKnownHash(directory), source: "config" };
}

function checkValue(value: string, where: string): string {
  if (REALM_FORM.test(value)) return value;
  const allowed = `a realm is ${REALM_IS}`;
  throw new AppError("config-invalid", `Cannot use realm ${JSON.stringify(value)} of ${where}: ${allowed}`, {
    hint: `Correct or remove ${where}`,
  });
}

/** Every identity of a configuration has its realm. */
const hashes = new Map<string, Promise<string>>();

function findKnownHash(directory: string): Promise<string> {
  const hash = hashes.get(directory) ?? hashDirectory(directory);
  hashes.set(directory, hash);
  return hash;
}

async function hashDirectory(directory: string): Promise<string> {
  const text = [...normalize(directory)].map(toLowerCase).join("");
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest, 0, HASH_BYTES)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** One character for one, as Go's strings.ToLower, so that both programs find the same directory. */
function toLowerCase(character: string): string {
  return character === "\u0130" ? "i" : character.toLowerCase();
}

/** A realm is a directory's name and a part of the keyring's keys. */
export const REALM_FORM = /^(?!.{65})[a-z0-9]+(?:[-_][a-z0-9]+)*$/;

/** Completes "must be". */
export const REALM_IS = "at most 64 of a-z, 0-9, - and _, with - and _ neither first nor last nor side by side";
