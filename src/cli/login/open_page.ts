import type { Needs } from "../../host/host.ts";
import { isTrue } from "../truth.ts";

type OpenHost = Needs<"env" | "run" | "sys">;

const OPENERS = {
  linux: ["xdg-open"],
  darwin: ["open"],
  windows: ["rundll32", "url.dll,FileProtocolHandler"],
} as const;

/** Opens a web page in the person's browser, where there is one; whether that was tried. Permissions: env, run, sys. */
export function openPage(host: OpenHost, url: string): boolean {
  const opener = host.sys.os === "other" ? undefined : OPENERS[host.sys.os];
  if (opener === undefined || !hasScreen(host)) return false;
  const [command, ...args] = opener;
  // Nobody waits for a browser to end; where it cannot be started, the page is on the terminal all the same.
  host.run.capture({ command, args: [...args, url] }).catch(() => {});
  return true;
}

function hasScreen({ env, sys }: OpenHost): boolean {
  const elsewhere = ["SSH_CONNECTION", "SSH_TTY", "container"].some((name) => env.get(name) !== undefined);
  if (elsewhere || isTrue(env.get("CI"))) return false;
  return sys.os !== "linux" || env.get("DISPLAY") !== undefined || env.get("WAYLAND_DISPLAY") !== undefined;
}
