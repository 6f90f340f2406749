import { FileError, type FileErrorKind } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { explainFileError } from "../../store/explain_file_error.ts";

/** Why a file gave nothing. */
export interface Unreadable {
  readonly kind: FileErrorKind | "special";
  /** What was found, for the part of a message after the colon. */
  readonly found: string;
}

/** Where settings are sent that are to count for nothing. */
const NOTHING = "/dev/null";

/**
 * The bytes of a file that is an ordinary one, also behind links. Looks before it opens: a pipe that nobody writes to
 * would hold the process for ever, deaf to Ctrl-C.
 */
export function readOrdinaryFile(host: Needs<"read">, path: string): Uint8Array | Unreadable {
  try {
    const stat = host.read.stat(path);
    if (stat === undefined) return { kind: "not-found", found: "it is not there" };
    if (stat.isFile || stat.isDirectory) return host.read.bytes(path);
    if (host.read.realPath(path) === NOTHING) return new Uint8Array();
    return { kind: "special", found: "it is a pipe, a socket or a device, not an ordinary file" };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return { kind: error.kind, found: explainFileError(error, path) };
  }
}
