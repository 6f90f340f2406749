import { type Answer, UnusableAnswer } from "../client/answer.ts";
import type { Credentials } from "../client/credentials.ts";
import { readCredentials } from "../client/read_credentials.ts";
import { type ClockGap, SET_CLOCK } from "./clock_skew.ts";

/** Where an answer does not say its time, this machine's clock may be wrong by as much as signatures allow. */
const SKEW_MS = 5 * 60_000;

interface Issued {
  /** What the answer holds the credentials in. */
  readonly found: Answer;
  readonly names: Parameters<typeof readCredentials>[1]["names"];
  readonly account: string | undefined;
  /** What the answer says of its time; undefined where it says none. */
  readonly clock: ClockGap | undefined;
  /** This machine's time, in milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Returns the credentials that a service has just issued. Those that have expired by the service's own clock are of no
 * use to any program, whatever this machine's clock says.
 * @throws {UnusableAnswer} for credentials that are none, or that have expired
 */
export function issuedCredentials({ found, names, account, clock, now }: Issued): Credentials {
  const credentials = readCredentials(found, { names, account });
  const { expiration = Infinity } = credentials;
  if (expiration > (clock?.theirs ?? now - SKEW_MS)) return credentials;
  throw new UnusableAnswer("contains credentials that have expired", SET_CLOCK);
}
