import { findBrowser } from "../../../auth/saml/find_browser.ts";
import { sha256Hex } from "../../../formats/text/sha256_hex.ts";
import { isOwnDirectory } from "../../../store/own_directories.ts";
import { cacheHome, join } from "../../../store/paths.ts";
import { type LinkPageHost, privateAddress } from "../../login/link_page.ts";
import { openerHere, openPage } from "../../login/open_browser.ts";

interface OpenConsoleInput {
  readonly link: string;
  /** Realm and identity, when the browser profile is to be theirs alone. */
  readonly owner: string | undefined;
}

/**
 * Opens the link in the user's browser, or in a profile of its own; whether that was tried. Permissions: read, write,
 * env, sys, run.
 */
export async function openConsole(host: LinkPageHost, { link, owner }: OpenConsoleInput): Promise<boolean> {
  if (openerHere(host) === undefined) return false;
  const command = owner === undefined ? undefined : findBrowser(host, ANY);
  const cache = cacheHome(host);
  if (owner === undefined || command === undefined || cache === undefined) return openPage(host, link);
  const url = privateAddress(host, link);
  if (url === undefined) return false;
  const profile = join(cache, "atmos", "console", (await sha256Hex(owner)).slice(0, 16));
  if (!isOwnDirectory(host, profile)) return openPage(host, link);
  const args = [`--user-data-dir=${profile}`, "--no-first-run", "--no-default-browser-check", url];
  // A browser runs on when this command has ended; where it cannot be started, the link is printed all the same.
  host.run.capture({ command, args }).catch(() => {});
  return true;
}

const ANY = { browserType: undefined, browserExecutablePath: undefined };
