import { permissionFlags } from "./allowed.ts";
import { cleanUpOnSignal } from "./exit_signals.ts";
import { toFileError } from "../files/to_file_error.ts";
import type { Sys } from "../host.ts";

/** The process itself. */
export const sys: Sys = {
  os: toKnownOs(Deno.build.os),
  uid: () => Deno.uid() ?? -1,
  gid: () => Deno.gid() ?? -1,
  pid: () => Deno.pid,
  ppid: () => Deno.ppid,
  self() {
    const command = Deno.execPath();
    return {
      command,
      args: Deno.build.standalone ? [] : ["run", "--quiet", ...permissionFlags(), mainPath()],
    };
  },
  freeMemory: () => (globalThis as { readonly gc?: () => void }).gc?.(),
  cleanUpOnSignal,
  chdir(path) {
    try {
      Deno.chdir(path);
    } catch (error) {
      throw toFileError({ operation: "chdir", path, error });
    }
  },
};

/** In a bundle this file lies elsewhere, and the bundle's own main.js is what runs. */
function mainPath(): string {
  const isSource = import.meta.url.endsWith("/src/host/process/sys.ts");
  return toPath(isSource ? new URL("../../../main.ts", import.meta.url) : new URL(Deno.mainModule));
}

function toKnownOs(os: string): Sys["os"] {
  return os === "linux" || os === "darwin" || os === "windows" ? os : "other";
}

/** `file:///C:/a%20b` is `C:/a b`, and `file:///a%20b` is `/a b`. */
function toPath(url: URL): string {
  return decodeURIComponent(url.pathname).replace(/^\/(?=[A-Za-z]:)/, "");
}
