import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { isLoggedOut } from "../../store/state/recent_logouts.ts";
import type { CredentialLocation } from "../files/credential_file_place.ts";

interface Obtained {
  readonly name: string;
  readonly place: CredentialLocation | undefined;
}

type LookHost = Needs<"env" | "read" | "sys" | "clock">;

/**
 * Refuses an identity that a logout has ended since this program began: nothing is asked for it any more, nor stored, and
 * what was read before is not used. Permissions: env, read, sys, clock.
 *
 * @throws {AppError} login-needed
 */
export function refuseLoggedOut(host: LookHost, obtained: Obtained): void {
  const refusal = findLoggedOut(host, obtained);
  if (refusal !== undefined) throw refusal;
}

/** Returns the same error; undefined where no logout has ended it. */
export function findLoggedOut(host: LookHost, { name, place }: Obtained): AppError | undefined {
  const isOver = place !== undefined && isLoggedOut(host, { path: place.credentials, profile: place.profile });
  return isOver ? makeLoggedOut(name) : undefined;
}

/** Returns the error of an identity that a logout has ended while AWS was asked. */
export function makeLoggedOut(name: string): AppError {
  return new AppError(
    "login-needed",
    `Cannot use identity "${name}": you logged out while its credentials were being requested`,
    { hint: ["Log in: ", { kind: "login", identity: name }] },
  );
}
