import { AppError } from "../../errors.ts";
import type { RemedyContext } from "../../remedy.ts";

/** Returns the failure of a login with the identity that its remedy is for, which its single steps do not know. */
export function nameLogin(error: unknown, identity: string): unknown {
  return addContext(error, { login: { identity }, otherCredentials: "none" });
}

/** The same of a call with credentials that an identity's login has stored: they look good, so a login is forced. */
export function nameRefused(error: unknown, identity: string): unknown {
  return addContext(error, { login: { identity }, refused: identity, otherCredentials: "none" });
}

/** Returns an error with what its remedy leaves open. */
export function addContext(error: unknown, context: RemedyContext): unknown {
  return error instanceof AppError ? error.within(context) : error;
}
