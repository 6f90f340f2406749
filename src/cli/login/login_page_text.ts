import type { DeviceAuthorization } from "../../aws/sso_oidc.ts";
import type { Paint } from "../paint.ts";
import { printable } from "../printable.ts";

export interface PageText {
  readonly paint: Paint;
  /** Whether a browser opens the page by itself. */
  readonly opened: boolean;
}

/** A login that is confirmed on any machine, by comparing a code. */
export function deviceText({ verificationUriComplete, userCode }: DeviceAuthorization, { paint, opened }: PageText) {
  return framed([
    opened ? "Your browser opens this page:" : "Open this page in a browser, on any machine:",
    `  ${paint("cyan", printable(verificationUriComplete))}`,
    `and compare the code:  ${paint("bold", printable(userCode))}`,
  ]);
}

/** A login in the browser of this machine. */
export function redirectText(url: string, { paint, opened }: PageText): string {
  return framed([
    opened ? "Your browser opens this page:" : "Open this page in a browser on this machine:",
    `  ${paint("cyan", printable(url))}`,
    "Sign in there and allow access to atmos-auth; the browser then comes back here by itself.",
    "No browser on this machine? Press Ctrl-C and do the same with --device-code.",
  ]);
}

function framed(lines: readonly string[]): string {
  const all = [...lines, "Only approve if you started this login yourself."];
  return `Log in to AWS\n${all.map((one) => `  ${one}\n`).join("")}Waiting for you to approve it …\n`;
}
