import { hideAddressSecrets } from "../../formats/text/hide_address_secrets.ts";

// Control characters, line and paragraph separators, marks that turn the writing direction round, and those that no one
// sees, so that what differs looks different.
const UNSAFE =
  // deno-lint-ignore no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\udb40[\udc00-\udc7f]/g;

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * One line of text that cannot move the cursor, change colours or set a terminal's title, whatever it is, and without what
 * is secret in addresses that it names.
 */
export function printable(text: string): string {
  return escapeControls(hideAddressSecrets(text));
}

/**
 * The same of an address that is to be opened, its query included: what a terminal would obey is shown as an escape, e.g.
 * `\x1b`.
 */
export function escapeControls(text: string): string {
  return text.replace(
    UNSAFE,
    (found) => SHORT[found] ?? found.split("").map((one) => escaped(one.charCodeAt(0))).join(""),
  );
}

function escaped(code: number): string {
  const digits = code.toString(16);
  return code < 0x100 ? `\\x${digits.padStart(2, "0")}` : `\\u${digits.padStart(4, "0")}`;
}

/** "1 file", "2 files", "no identities": how many there are of something. */
export function counted(count: number, one: string): string {
  if (count === 1) return `1 ${one}`;
  return `${count === 0 ? "no" : count} ${one.endsWith("y") ? `${one.slice(0, -1)}ies` : `${one}s`}`;
}
