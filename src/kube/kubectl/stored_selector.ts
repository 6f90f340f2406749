import { encodeUtf8 } from "../../formats/text/utf8.ts";
import type { Needs } from "../../host/host.ts";
import { join } from "../../store/paths.ts";
import type { StoreHost } from "../../store/replace.ts";
import { parseSelector, readSelector, selectorText } from "./selector.ts";
import { ENV, type SelectorInput, updateSelector } from "./selector_files.ts";
import { findAge, mayLive } from "./shell_life.ts";

type FindHost = Needs<"read" | "sys" | "clock">;

/** Of one context. Beyond that, those of shells that have ended are used again. */
const MOST = 64;

/**
 * Returns a selector that stays, for the programs of the shell that evaluates `auth env`: its own each time, so that a
 * context which is chosen in one shell is no other's. FileError, or AppError "locked", where it cannot be written.
 */
export async function storeSelector(host: StoreHost, input: SelectorInput): Promise<string> {
  const text = encodeUtf8(selectorText(input.context, { file: input.file, shell: host.sys.ppid() }));
  for (;;) {
    const path = await findStoredSelector(host, input);
    let isTaken = false;
    // Another shell may have made it its own meanwhile.
    const edit = (old: Uint8Array | undefined) => {
      isTaken = old !== undefined && judge(host, { path, found: parseSelector(old), input }) === "taken";
      return isTaken ? old! : text;
    };
    await updateSelector(host, { path, edit });
    if (!isTaken) return path;
  }
}

/** Returns where {@link storeSelector} would keep it. Permissions: read, sys. */
export async function findStoredSelector(host: FindHost, input: SelectorInput): Promise<string> {
  const hash = await nameOf(input.context);
  const left: string[] = [];
  for (let count = 1;; count++) {
    const path = join(input.directory, `${ENV}${hash}${count === 1 ? "" : `-${count}`}`);
    const found = readSelector(host, path);
    if (found === undefined) return path;
    const use = judge(host, { path, found, input });
    if (use === "own") return path;
    if (use === "left") left.push(path);
    if (left.length === MOST) {
      return left.reduce((one, other) => findAge(host, one) >= findAge(host, other) ? one : other);
    }
  }
}

/** Whether a selector is this shell's own, is left by one that has ended, or may be in use as it is. */
function judge(host: FindHost, { path, found, input: { context } }: {
  readonly path: string;
  readonly found: ReturnType<typeof parseSelector>;
  readonly input: SelectorInput;
}): "own" | "left" | "taken" {
  if (found === undefined) return "left";
  // A shell that has chosen another context may be using it, and a copy is of another cluster or user.
  if (found.isPinned || (found.context ?? context) !== context) return "taken";
  if (found.shell === host.sys.ppid()) return "own";
  return mayLive(host, { path, shell: found.shell }) ? "taken" : "left";
}

async function nameOf(context: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(encodeUtf8(context))), 0, 6);
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
