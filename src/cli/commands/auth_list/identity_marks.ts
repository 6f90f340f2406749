import type { AuthModel } from "../../../auth/model/model.ts";
import { type IdentityState, identityStates, type StateHost } from "../../login/identity_states.ts";
import { judgeStatus } from "../../login/login_status.ts";

/** What is said of an identity beside what atmos.yaml says. */
export interface IdentityMarks {
  /** Whether `auth use` has chosen it. */
  readonly isUsed: boolean;
  /** Whether only a login has found it. */
  readonly isFound: boolean;
  /** How its login stands; undefined where it is not logged in. */
  readonly state: string | undefined;
}

export type MarkedIdentities = (name: string) => IdentityMarks | undefined;

/** Returns what is known of each identity without asking AWS. */
export async function identityMarks(
  host: StateHost,
  { model, directory }: { readonly model: AuthModel; readonly directory: string | undefined },
): Promise<MarkedIdentities> {
  const states = await identityStates(host, { model, directory });
  const used = model.used?.toLowerCase();
  const now = host.clock.now();
  const marks = new Map(states.map((one) => {
    const { name, isFound } = one;
    return [name, { isUsed: name.toLowerCase() === used, isFound, state: describeState(one, now) }];
  }));
  return (name) => marks.get(name);
}

/** Nothing for those that are not logged in, which most are, and for the environment's own, which have no login. */
function describeState({ located }: IdentityState, now: number): string | undefined {
  if (located === undefined || (located.stored === undefined && !located.isOutdated)) return undefined;
  return judgeStatus({ located, now, minTtl: { ms: 0, text: "0s" } }).text;
}
