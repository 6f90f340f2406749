import { AppError } from "../../errors.ts";
import { quotePosix } from "../../formats/text/shell_quote.ts";
import { Secret } from "../../secret.ts";

const ENCRYPTION = "A256GCM";
const KEY = "PBES2-HS512+A256KW";
/** What the Go atmos writes. */
const OTHER_KEY = "PBES2-HS256+A128KW";
/** Of PBKDF2; about a third of a second. */
const ROUNDS = 600_000;
const MOST_ROUNDS = 2_000_000;
/** Compact form: header, wrapped key of 40 bytes, nonce of 12, text, tag of 16. */
const FORM = /^[\w-]+\.[\w-]{54}\.[\w-]{16}\.[\w-]+\.[\w-]{22}$/;

export interface Sealed {
  readonly name: string;
  readonly text: string;
  readonly password: Secret;
  /** The file that it came from, for messages. */
  readonly path: string;
}

/**
 * A secret as a JWE that the password opens, bound to its name, in the form of the Go atmos (github.com/99designs/keyring).
 * https://www.rfc-editor.org/rfc/rfc7518#section-4.8
 */
export async function seal(
  { name, value, password }: { readonly name: string; readonly value: Secret; readonly password: Secret },
): Promise<string> {
  const { CompactEncrypt } = await import("jose");
  const item = { Key: name, Data: new TextEncoder().encode(value.reveal()).toBase64(), Label: "", Description: "" };
  return await new CompactEncrypt(new TextEncoder().encode(JSON.stringify(item)))
    .setProtectedHeader({ alg: KEY, enc: ENCRYPTION, kid: name })
    .setKeyManagementParameters({ p2c: ROUNDS })
    .encrypt(encodePassword(password));
}

/**
 * The secret in it. AppError "login-denied" for a password that does not open it, "config-invalid" for what was never
 * written by {@link seal}, is cut, or stands under another name.
 */
export async function unseal(sealed: Sealed): Promise<Secret> {
  if (!FORM.test(sealed.text)) throw corrupt(sealed);
  const { kid, item } = await openSealed(sealed);
  if (kid !== undefined && kid !== sealed.name) throw moveCursor(sealed);
  if (typeof item !== "object" || item === null) throw corrupt(sealed);
  const { Key: key, Data: data } = item as Readonly<Record<string, unknown>>;
  if (typeof key !== "string" || typeof data !== "string") throw corrupt(sealed);
  if (key !== sealed.name) throw moveCursor(sealed);
  try {
    return new Secret(new TextDecoder().decode(Uint8Array.fromBase64(data)));
  } catch {
    throw corrupt(sealed);
  }
}

async function openSealed(sealed: Sealed): Promise<{ readonly kid: unknown; readonly item: unknown }> {
  const { compactDecrypt, errors } = await import("jose");
  try {
    const { plaintext, protectedHeader } = await compactDecrypt(sealed.text, encodePassword(sealed.password), {
      keyManagementAlgorithms: [KEY, OTHER_KEY],
      contentEncryptionAlgorithms: [ENCRYPTION],
      maxPBES2Count: MOST_ROUNDS,
    });
    return { kid: protectedHeader["kid"], item: JSON.parse(new TextDecoder().decode(plaintext)) };
  } catch (error) {
    throw error instanceof errors.JWEDecryptionFailed ? wrongPassword(sealed) : corrupt(sealed);
  }
}

function encodePassword(password: Secret): Uint8Array {
  return new TextEncoder().encode(password.reveal());
}

function wrongPassword({ path }: Sealed): AppError {
  return new AppError("login-denied", `Cannot open keyring "${path}": the password is wrong, or the file was changed`, {
    hint: `Try again. When the password is lost: rm ${quotePosix(path)}`,
  });
}

function corrupt({ path }: Sealed): AppError {
  return new AppError("config-invalid", `Cannot open keyring "${path}": it is truncated or not a keyring file`, {
    hint: `Restore a copy of it, or remove it: rm ${quotePosix(path)}`,
  });
}

function moveCursor({ path }: Sealed): AppError {
  return new AppError("config-invalid", `Cannot open keyring "${path}": it was written under another name`, {
    hint: `Rename it back, or remove it: rm ${quotePosix(path)}`,
  });
}
