import { fileErrorOf } from "./file_error_of.ts";
import type { Sys } from "./host.ts";

/** What `deno task atmos` allows; each command gives up what it does not need. */
const RUN_FLAGS = [
  "--quiet",
  "--no-prompt",
  "--allow-read",
  "--allow-write",
  "--allow-env",
  "--allow-run",
  "--allow-sys",
  "--allow-net",
];

/** The process itself. */
export const sys: Sys = {
  os: knownOs(Deno.build.os),
  uid: () => Deno.uid() ?? -1,
  gid: () => Deno.gid() ?? -1,
  pid: () => Deno.pid,
  self() {
    const command = Deno.execPath();
    return {
      command,
      args: Deno.build.standalone ? [] : ["run", ...RUN_FLAGS, pathOf(new URL("../../main.ts", import.meta.url))],
    };
  },
  chdir(path) {
    try {
      Deno.chdir(path);
    } catch (error) {
      throw fileErrorOf({ operation: "chdir", path, error });
    }
  },
};

function knownOs(os: string): Sys["os"] {
  return os === "linux" || os === "darwin" || os === "windows" ? os : "other";
}

/** `file:///C:/a%20b` is `C:/a b`, and `file:///a%20b` is `/a b`. */
function pathOf(url: URL): string {
  return decodeURIComponent(url.pathname).replace(/^\/(?=[A-Za-z]:)/, "");
}
