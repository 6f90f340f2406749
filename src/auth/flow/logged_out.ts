import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { isLoggedOut } from "../../store/state/recent_logouts.ts";
import type { CredentialLocation } from "../files/credential_file_place.ts";
import { type SsoSessionName, ssoSessionPath } from "../files/sso_session_place.ts";

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

/**
 * Refuses what a session at IAM Identity Center was asked for, once a logout has ended that session.
 *
 * @throws {AppError} login-needed
 */
export async function refuseEndedSession(host: LookHost, session: SsoSessionName): Promise<void> {
  const path = await ssoSessionPath(host, session);
  if (path !== undefined && isLoggedOut(host, { path })) throw makeEnded(session);
}

/** Returns the error of such a session. */
export function makeEnded({ startUrl }: Pick<SsoSessionName, "startUrl">): AppError {
  return new AppError("login-needed", `Cannot use the SSO session of "${startUrl}": you logged out meanwhile`, {
    hint: [{ kind: "terminal-login" }],
  });
}

/** Returns the error of an identity that a logout has ended while AWS was asked. */
export function makeLoggedOut(name: string): AppError {
  return new AppError(
    "login-needed",
    `Cannot use identity "${name}": you logged out while its credentials were being requested`,
    { hint: ["Log in: ", { kind: "login", identity: name }] },
  );
}
