import { hideAddressSecrets } from "../../formats/text/hide_address_secrets.ts";
import { escapeControls } from "../../formats/text/terminal_text.ts";

/**
 * One line of text that cannot move the cursor, change colours or set a terminal's title, whatever it is, and without what
 * is secret in addresses that it names.
 */
export function printable(text: string): string {
  return escapeControls(hideAddressSecrets(text));
}

/** "1 file", "2 files", "no identities": how many there are of something. */
export function formatCount(count: number, one: string): string {
  if (count === 1) return `1 ${one}`;
  return `${count === 0 ? "no" : count} ${one.endsWith("y") ? `${one.slice(0, -1)}ies` : `${one}s`}`;
}
