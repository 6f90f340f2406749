import type { Variables } from "../../../auth/environment/environment.ts";

const MASK = "***REDACTED***";
const SECRET_NAME = /SECRET|TOKEN|PASSW|PASSPHRASE|PRIVATE|ACCESS_?KEY|API_?KEY|SESSION/i;
/** A URL with a password. */
const SECRET_VALUE = /:\/\/[^/\s]*:[^/\s]*@/;

export interface RedactedInput {
  readonly variables: Variables;
  readonly home: string | undefined;
}

/** Variables for people to look at: what may be secret is not shown, and HOME is `~`. */
export function redacted({ variables, home }: RedactedInput): Variables {
  const shown = ([name, value]: readonly [string, string]) => {
    if (SECRET_NAME.test(name) || SECRET_VALUE.test(value)) return [name, MASK];
    return [name, home === undefined ? value : value.split(":").map((one) => shortened(one, home)).join(":")];
  };
  return Object.fromEntries(Object.entries(variables).map(shown));
}

function shortened(path: string, home: string): string {
  return path === home || path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}
