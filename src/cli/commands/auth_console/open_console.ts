import { findBrowser } from "../../../auth/saml/find_browser.ts";
import { sha256Hex } from "../../../formats/text/sha256_hex.ts";
import type { Needs } from "../../../host/host.ts";
import { cacheHome, join } from "../../../store/paths.ts";
import { openerHere, openPage } from "../../login/open_browser.ts";

interface OpenConsoleInput {
  readonly url: string;
  /** Realm and identity, when the browser profile is to be theirs alone. */
  readonly owner: string | undefined;
}

/** Opens the link in the user's browser, or in a profile of its own; whether that was tried. Permission: run. */
export async function openConsole(
  host: Needs<"read" | "env" | "sys" | "run">,
  { url, owner }: OpenConsoleInput,
): Promise<boolean> {
  const isHere = openerHere(host) !== undefined;
  const command = owner === undefined || !isHere ? undefined : findBrowser(host, ANY);
  const cache = cacheHome(host);
  if (owner === undefined || command === undefined || cache === undefined) return openPage(host, url);
  const profile = join(cache, "atmos", "console", (await sha256Hex(owner)).slice(0, 16));
  const args = [`--user-data-dir=${profile}`, "--no-first-run", "--no-default-browser-check", url];
  // A browser runs on when this command has ended; where it cannot be started, the link is printed all the same.
  host.run.capture({ command, args }).catch(() => {});
  return true;
}

const ANY = { browserType: undefined, browserExecutablePath: undefined };
