import * as v from "valibot";
import { remarks } from "../auth/fields.ts";
import type { LocatedScalar } from "../config/located.ts";

const MODE = /^(?:0o)?[0-7]{3,4}$/;
const MODE_IS = 'an octal file mode such as "0600"';

/** A file mode, octal however it is written: `"0600"`, `0600`, `0o600`, `600`. */
export const kubeconfigMode = v.pipe(
  v.union([v.pipe(v.string(), v.regex(MODE, MODE_IS)), v.pipe(v.number(), v.integer(), v.minValue(0))], MODE_IS),
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
