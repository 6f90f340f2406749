import { encodeUtf8 } from "../../formats/text/utf8.ts";
import { isFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { makeOwnDirectory } from "../../store/own_directories.ts";
import { cacheHome, join } from "../../store/paths.ts";
import { removeIfThere } from "../../store/write_beside.ts";

const SECONDS = 60;
const OTHERS = 0o077;

export type LinkPageHost = Needs<"read" | "write" | "env" | "sys" | "random" | "clock" | "run">;

/**
 * Returns the address that a browser is started with to open a link of a login or a console: that of a page which only
 * this user can read and which leads there. Every user of a machine may read the arguments of a browser, and the `state`,
 * code or token of a link among them; on Windows none may, and it is the link. The page is removed a minute later.
 * undefined where none can be written. Permissions: read, write, env, sys (uid), run.
 */
export function privateAddress(host: LinkPageHost, link: string): string | undefined {
  return host.sys.os === "windows" ? link : writeLinkPage(host, link);
}

function writeLinkPage(host: LinkPageHost, link: string): string | undefined {
  const cache = cacheHome(host);
  if (cache === undefined) return undefined;
  const directory = join(cache, "atmos", "links");
  try {
    makeOwnDirectory(host, directory);
    if (!isPrivate(host, directory)) return undefined;
    removeOld(host, directory);
    const path = join(directory, `${host.random.bytes(16).toHex()}.html`);
    writeText(host, { path, text: renderPage(link) });
    removeLater(host, path);
    return `file://${path.split("/").map(encodeURIComponent).join("/")}`;
  } catch (error) {
    if (isFileError(error)) return undefined;
    throw error;
  }
}

function isPrivate(host: Needs<"read" | "sys">, directory: string): boolean {
  const found = host.read.lstat(directory);
  return found?.isDirectory === true && found.uid === host.sys.uid() && (found.mode & OTHERS) === 0;
}

/** What a run that was killed, or whose terminal was closed, has left. */
function removeOld(host: Needs<"read" | "write" | "clock">, directory: string): void {
  const before = host.clock.now() - SECONDS * 1000;
  for (const path of host.read.list(directory).map((name) => join(directory, name))) {
    if ((host.read.lstat(path)?.mtime ?? before) < before) removeIfThere(host, path);
  }
}

function writeText(host: Needs<"write">, { path, text }: { readonly path: string; readonly text: string }): void {
  const file = host.write.open(path, { how: "new", mode: 0o600 });
  try {
    file.write(encodeUtf8(text));
  } finally {
    file.close();
  }
}

/** Of what HTML reads in an attribute, an address has "&" alone. */
function renderPage(link: string): string {
  const url = new URL(link).href.replaceAll("&", "&amp;");
  return `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer">` +
    `<meta http-equiv="refresh" content="0;url=${url}"><title>AWS</title>\n`;
}

/** Browsers take their time to start, and this process ends before they have read the page. */
function removeLater(host: Needs<"run">, path: string): void {
  const script = `trap "" HUP INT; sleep ${SECONDS}; rm -f -- "$1"`;
  host.run.capture({ command: "/bin/sh", args: ["-c", script, "sh", path] }).catch(() => {});
}
