import { findBrowser } from "../../../auth/saml/find_browser.ts";
import { sha256Hex } from "../../../formats/text/sha256_hex.ts";
import { cacheHome, join } from "../../../store/paths.ts";
import { openerHere, openPage } from "../../login/open_browser.ts";
import { type LinkPageHost, writeLinkPage } from "./link_page.ts";

interface OpenConsoleInput {
  readonly url: string;
  /** Realm and identity, when the browser profile is to be theirs alone. */
  readonly owner: string | undefined;
}

/**
 * Opens the link in the user's browser, or in a profile of its own; whether that was tried. The browser is given a page
 * that leads there, but on Windows, where other users see no arguments. Permissions: read, write, env, sys, run.
 */
export async function openConsole(host: LinkPageHost, { url: link, owner }: OpenConsoleInput): Promise<boolean> {
  if (openerHere(host) === undefined) return false;
  const url = host.sys.os === "windows" ? link : writeLinkPage(host, link);
  if (url === undefined) return false;
  const command = owner === undefined ? undefined : findBrowser(host, ANY);
  const cache = cacheHome(host);
  if (owner === undefined || command === undefined || cache === undefined) return openPage(host, url);
  const profile = join(cache, "atmos", "console", (await sha256Hex(owner)).slice(0, 16));
  const args = [`--user-data-dir=${profile}`, "--no-first-run", "--no-default-browser-check", url];
  // A browser runs on when this command has ended; where it cannot be started, the link is printed all the same.
  host.run.capture({ command, args }).catch(() => {});
  return true;
}

const ANY = { browserType: undefined, browserExecutablePath: undefined };
