import type { Needs } from "../../host/host.ts";
import type { LoginUi } from "../flow/login_host.ts";
import { type BrowserWish, findBrowser } from "./find_browser.ts";

export type DriverName = "assertion" | "form" | "browser";

/** What the Go atmos calls them: its Okta and GoogleApps talk to interfaces that only a browser's page should use. */
const NAMED = {
  ...{ assertion: "assertion", form: "form", browser: "browser" },
  ...{ Browser: "browser", Okta: "browser", GoogleApps: "browser", ADFS: "form" },
} as const satisfies Readonly<Record<string, DriverName>>;

export interface DriverSettings extends BrowserWish {
  readonly driver: keyof typeof NAMED | undefined;
  /** Path of the SAML response, for the driver `assertion`. */
  readonly assertionFile: string | undefined;
}

/**
 * The driver that is configured. When none is: `assertion` where there is one, `browser` where a person, a screen and a
 * browser are, else `form`. Permissions: read, env, sys.
 */
export function chooseDriver(
  host: Needs<"read" | "env" | "sys">,
  { provider, ui }: { readonly provider: DriverSettings; readonly ui: LoginUi },
): DriverName {
  if (ui.samlResponse !== undefined) return "assertion";
  if (provider.driver !== undefined) return NAMED[provider.driver];
  if (provider.assertionFile !== undefined) return "assertion";
  return ui.interactive && hasScreen(host) && findBrowser(host, provider) !== undefined ? "browser" : "form";
}

/** Whether a browser could show a window, or has been told to do without one. Permissions: env, sys. */
export function hasScreen(host: Needs<"env" | "sys">): boolean {
  if (isHeadless(host)) return true;
  if (host.env.get("SSH_CONNECTION") !== undefined && host.env.get("DISPLAY") === undefined) return false;
  if (host.sys.os !== "linux") return host.sys.os !== "other";
  return host.env.get("DISPLAY") !== undefined || host.env.get("WAYLAND_DISPLAY") !== undefined;
}

/** For pages that log in by themselves (Kerberos, a kept profile). Permission: env. */
export function isHeadless(host: Needs<"env">): boolean {
  return /^(?:1|true)$/i.test(host.env.get("ATMOS_SAML_HEADLESS") ?? "");
}
