import { encodeUtf8, lenientUtf8 } from "../../formats/text/utf8.ts";
import { AppError } from "../../errors.ts";
import { type StoreHost, update } from "../../store/replace.ts";
import { isFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { LOGIN, remedy } from "../../remedy.ts";

/** How long a refused login is not begun anew by those that no one asked to log in. */
const REMEMBERED_MS = 30_000;

interface RefusalInput {
  /** The session's file; the memory lies beside it. */
  readonly path: string;
  readonly startUrl: string;
  /** Refusals from before then are not looked at; milliseconds since the epoch. */
  readonly since: number;
}

/** AppError "login-denied" when a login to the same place was refused just now. Permission: read. */
export function refuseAgain(host: Needs<"read" | "clock">, { path, startUrl, since }: RefusalInput): void {
  const at = readMemory(host, path);
  const age = host.clock.now() - at;
  if (at < since || !(age >= 0 && age <= REMEMBERED_MS)) return;
  const found = `another run was refused ${Math.round(age / 1000)} s ago`;
  throw new AppError("login-denied", `Cannot log in at "${startUrl}": ${found}`, {
    hint: remedy`Log in again: ${LOGIN}`,
  });
}

/** Remembers a refusal for those that wait for the same login. Where no file can be written, no one waits. */
export async function rememberRefusal(host: StoreHost, { path }: { readonly path: string }): Promise<void> {
  const text = `${host.clock.now()}\n`;
  try {
    await update(host, { path: memoryPath(path), isOwn: true, mode: 0o600, edit: () => encodeUtf8(text) });
  } catch (error) {
    if (!isFileError(error) && !(error instanceof AppError)) throw error;
  }
}

function memoryPath(path: string): string {
  return path.replace(/\.json$/, ".refused");
}

/** Milliseconds since the epoch; NaN when nothing is remembered. */
function readMemory(host: Needs<"read">, path: string): number {
  try {
    return Number.parseInt(lenientUtf8(host.read.bytes(memoryPath(path))));
  } catch (error) {
    if (!isFileError(error)) throw error;
    return NaN;
  }
}
