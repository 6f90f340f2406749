import type { Needs } from "../../host/host.ts";
import { openerHere, type OpenerHost } from "./opener.ts";

/** Opens a web page in the person's browser, where there is one; whether that was tried. */
export function openPage(host: OpenerHost & Needs<"run">, url: string): boolean {
  const opener = openerHere(host);
  if (opener === undefined) return false;
  const [command, ...args] = opener;
  // Nobody waits for a browser to end; where it cannot be started, the page is on the terminal all the same.
  host.run.capture({ command, args: [...args, url] }).catch(() => {});
  return true;
}
