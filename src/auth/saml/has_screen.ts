import type { Needs } from "../../host/host.ts";

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
