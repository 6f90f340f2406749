import { encodeUtf8 } from "../../formats/text/utf8.ts";
import { unlessFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { join } from "../../store/paths.ts";
import type { StoreHost } from "../../store/replace.ts";
import { parseSelector, readSelector, selectorText, type Shell } from "./selector.ts";
import { ENV, listEnvSelectors, type SelectorInput, updateSelector } from "./selector_files.ts";
import { findAge, findShell, isSameShell, mayLive } from "./shell_life.ts";

type FindHost = Needs<"read" | "sys" | "clock">;

/** Of one context. Beyond that, those of shells that have ended are used again. */
const MOST = 64;

/**
 * Returns a selector that stays, for the programs of the shell that evaluates `auth env`: its own each time, so that a
 * context which is chosen in one shell is no other's, and what programs have added there stays. FileError, or AppError
 * "locked", where it cannot be written.
 */
export async function storeSelector(host: StoreHost, input: SelectorInput): Promise<string> {
  const shell = await findShell(host);
  const text = encodeUtf8(selectorText(input.context, { file: input.file, shell }));
  for (;;) {
    const path = await findStoredSelector(host, input);
    let isTaken = false;
    // Another shell may have made it its own meanwhile.
    const edit = (old: Uint8Array | undefined) => {
      const found = old && parseSelector(old);
      isTaken = old !== undefined && judge(host, { path, found, input, shell }) === "taken";
      return isTaken || found?.hasEntries ? old! : text;
    };
    await updateSelector(host, { path, edit });
    if (!isTaken) return path;
  }
}

/** Returns where {@link storeSelector} would keep it. Permissions: read, sys. */
export async function findStoredSelector(host: FindHost, input: SelectorInput): Promise<string> {
  const [shell, hash] = [await findShell(host), await nameOf(input.context)];
  const first = join(input.directory, `${ENV}${hash}`);
  const look = (path: string) => {
    const found = readSelector(host, path);
    if (found !== undefined) return judge(host, { path, found, input, shell });
    return unlessFileError(() => host.read.lstat(path)) === undefined ? "free" : "taken";
  };
  const own = listEnvSelectors(host, { directory: input.directory, first }).find((path) => look(path) === "own");
  if (own !== undefined) return own;
  const left: string[] = [];
  for (let count = 1;; count++) {
    const path = count === 1 ? first : `${first}-${count}`;
    const use = look(path);
    if (use === "free") return path;
    if (use === "left") left.push(path);
    if (left.length === MOST) {
      return left.reduce((one, other) => findAge(host, one) >= findAge(host, other) ? one : other);
    }
  }
}

/** Whether a selector is this shell's own, is left by one that has ended, or may be in use as it is. */
function judge(host: FindHost, { path, found, input, shell }: {
  readonly path: string;
  readonly found: ReturnType<typeof parseSelector>;
  readonly input: SelectorInput;
  readonly shell: Shell;
}): "own" | "left" | "taken" {
  // What cannot be read may have what programs have added.
  if (found === undefined) return "taken";
  const context = found.context ?? (found.hasEntries ? undefined : input.context);
  // A shell that has chosen another context may be using it, and a copy is of another cluster or user.
  if (found.isPinned || context !== input.context) return "taken";
  if (isSameShell(shell, found.shell)) return found.hasEntries && found.file !== input.file ? "taken" : "own";
  // What programs have added is nowhere else.
  return found.hasEntries || mayLive(host, { path, shell: found.shell, own: shell }) ? "taken" : "left";
}

async function nameOf(context: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(encodeUtf8(context))), 0, 6);
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
