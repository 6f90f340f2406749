import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { FileError, type FileErrorKind } from "../../host/files/file_error.ts";
import { explainFileError } from "../../store/explain_file_error.ts";

/** A file that a variable or a setting names. */
interface NamedFile {
  /** What the file is to the user: "CA bundle". */
  readonly what: string;
  /** Its path. */
  readonly value: string;
  /** The variable or the profile's key, for messages. */
  readonly source: string;
}

/** The file's text. AppError "config-not-found" when it does not exist, "config-invalid" when it cannot be read. */
export function readNamedFile(host: Needs<"read">, { what, value, source }: NamedFile): string {
  const read = readOrdinaryFile(host, value);
  if (read instanceof Uint8Array) return new TextDecoder().decode(read);
  const code = read.kind === "not-found" ? "config-not-found" : "config-invalid";
  throw new AppError(code, `Cannot read ${what} "${value}": ${read.found}`, {
    hint: `Correct or remove ${source}`,
  });
}

/** Why a file gave nothing. */
export interface Unreadable {
  readonly kind: FileErrorKind | "special";
  /** What was found, for the part of a message after the colon. */
  readonly found: string;
}

/** Where settings are sent that are to count for nothing. */
const NOTHING = "/dev/null";

/**
 * The bytes of a file that is an ordinary one, also behind links. Looks before it opens: a pipe that no one writes to
 * would hold the process for ever, deaf to Ctrl-C.
 */
export function readOrdinaryFile(host: Needs<"read">, path: string): Uint8Array | Unreadable {
  try {
    const stat = host.read.stat(path);
    if (stat === undefined) return { kind: "not-found", found: "it does not exist" };
    if (stat.isFile || stat.isDirectory) return host.read.bytes(path);
    if (host.read.realPath(path) === NOTHING) return new Uint8Array();
    return { kind: "special", found: "it is a pipe, a socket or a device, not a regular file" };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return { kind: error.kind, found: explainFileError(error, path) };
  }
}

/**
 * The PEM text of AWS_CA_BUNDLE; `source` says where the path came from. AppError "config-not-found" without the
 * file, "config-invalid" when no certificate is in it: the TLS library would take such a file without a word.
 */
export function readCaBundle(host: Needs<"read">, input: Omit<NamedFile, "what">): readonly string[] {
  const pem = readNamedFile(host, { ...input, what: "CA bundle" });
  if (pem.includes("-----BEGIN CERTIFICATE-----")) return [pem];
  throw new AppError("config-invalid", `Cannot use CA bundle "${input.value}": it contains no PEM certificate`, {
    hint: `Point ${input.source} at a file of PEM certificates`,
  });
}
