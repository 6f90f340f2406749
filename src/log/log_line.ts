import { hideAddressSecrets } from "../formats/text/hide_address_secrets.ts";
import { hideRecordedTexts } from "../hidden_texts.ts";
import type { LogFacts } from "../host/log_port.ts";

/** Text that logfmt has without quotes. */
const BARE = /^[^\s"=\\\p{C}]+$/u;

/** Returns facts as one line of logfmt, `key=value key="two words"`, without those that are not known. */
export function logfmtLine(facts: LogFacts): string {
  return keepKnown(facts).map(([name, value]) => {
    const text = String(value);
    return `${name}=${BARE.test(text) ? text : visible(JSON.stringify(text))}`;
  }).join(" ");
}

/** Returns facts as one line of JSON, without those that are not known. */
export function jsonLine(facts: LogFacts): string {
  return visible(JSON.stringify(Object.fromEntries(keepKnown(facts))));
}

/** Facts that are known, without recorded secrets and without what is secret in addresses. */
function keepKnown(facts: LogFacts): readonly (readonly [string, string | number | boolean])[] {
  return Object.entries(facts).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, typeof value === "string" ? safe(value) : value] as const]
  );
}

function safe(text: string): string {
  return hideAddressSecrets(hideRecordedTexts(text));
}

/** What a terminal would obey or not show, as JSON writes it; also inside of JSON text. */
function visible(json: string): string {
  return json.replace(/\p{C}/gu, (one) => one.split("").map(escapeCharacters).join(""));
}

function escapeCharacters(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
