import * as v from "valibot";
import { remarks } from "../../auth/kinds/fields.ts";
import type { LocatedScalar } from "../../config/values/located.ts";

/** Three digits, maybe after 0: nothing else makes sense for a file with secrets. */
const MODE = /^(?:0o)?0?[1-7][0-7]{2}$/;
const MODE_IS = 'an octal file mode such as "0600"';

/** Where an editor reads `600` or `0600` as a number, its digits are the mode's. */
const asNumber = v.pipe(
  v.number(),
  v.integer(),
  v.check((digits) => MODE.test(String(digits)), MODE_IS),
  v.minValue(100),
  v.maxValue(777),
);

/** A file mode, octal however it is written: `"0600"`, `0600`, `0o600`, `600`. */
export const kubeconfigMode = v.pipe(
  v.union([v.pipe(v.string(), v.regex(MODE, MODE_IS)), asNumber], MODE_IS),
  v.description('mode of the file, octal; "0600" when absent'),
  remarks({ readsText: true, doubt: modeDoubt }),
  v.transform((text) => octal(String(text))),
);

function octal(text: string): number {
  return parseInt(text.replace(/^0o/, ""), 8);
}

function modeDoubt({ text }: LocatedScalar): string | undefined {
  if (!MODE.test(text)) return undefined;
  const mode = octal(text);
  if ((mode & 0o600) !== 0o600) return `found ${text}: its owner could not read and write the file`;
  return (mode & 0o077) === 0 ? undefined : `found ${text}: others on the machine could use the file; 0600 is safe`;
}

/** Base64 of a text that has a PEM certificate in it, whatever stands before and after: bundles have comments. */
export const PEM_BASE64 = new RegExp(
  `^(?=.*${spelt("-----BEGIN CERTIFICATE-----")}.*${spelt("-----END CERTIFICATE-----")})` +
    "(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
);

/** How base64 spells a text, by where in a group of three bytes it begins; without what depends on its neighbours. */
function spelt(text: string): string {
  const spellings = [0, 1, 2].map((before) => {
    const bits = 8 * (before + text.length);
    return btoa(`${"\0".repeat(before)}${text}\0\0`).slice(Math.ceil(8 * before / 6), Math.floor(bits / 6));
  });
  return `(?:${spellings.join("|").replaceAll("+", "\\+")})`;
}
