import { formatCommaItem, parseCommaList } from "../../formats/text/comma_list.ts";
import type { Variables } from "./environment.ts";

/** The variable that says which others this program has set besides those that every identity has. */
export const IDENTITY_ENV = "ATMOS_IDENTITY_ENV";

/**
 * Returns what names variables with their values, as {@link IDENTITY_ENV} has it: `NAME=digest,...`; "" for none. The next
 * identity of a shell may be of another configuration, where nothing else tells whose they are.
 */
export function recordVariables(variables: Variables): string {
  return Object.entries(variables).map(([name, value]) => formatCommaItem(`${name}=${digest(`${name}=${value}`)}`))
    .sort().join(",");
}

/** Returns the names of recorded variables that still have the recorded values; others are the user's own by now. */
export function findRecorded(variables: Variables): readonly string[] {
  return parseCommaList(variables[IDENTITY_ENV] ?? "").flatMap((one) => {
    const [name = "", recorded] = one.split("=");
    const value = variables[name];
    return value !== undefined && recorded === digest(`${name}=${value}`) ? [name] : [];
  });
}

/**
 * Tells values apart, and gives no secret away: 32 bits (FNV-1a).
 * https://datatracker.ietf.org/doc/html/draft-eastlake-fnv
 */
function digest(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const hash = bytes.reduce((known, byte) => Math.imul(known ^ byte, 0x01_00_01_93) >>> 0, 0x81_1c_9d_c5);
  return hash.toString(16).padStart(8, "0");
}
