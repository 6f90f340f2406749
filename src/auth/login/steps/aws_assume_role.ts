import type { Credentials } from "../../../aws/credentials.ts";
import { assumeRole, callerArn } from "../../../aws/sts.ts";
import { assumeRoleWithWebIdentity } from "../../../aws/sts_federation.ts";
import type { SessionLimits, SessionOptions } from "../../../aws/sts_session.ts";
import type { Needs } from "../../../host/host.ts";
import { CHAINED_MOST_MS } from "../../role_chaining.ts";
import { chainedCapSaid } from "../within_the_hour.ts";
import { mfaCode } from "./mfa_code.ts";
import { type Become, seconds, type StepInput } from "./step.ts";
import { unfitOrigin } from "./unfit_origin.ts";

const LONGEST_NAME = 64;

export const become: Become<"aws/assume-role"> = async (host, input) => {
  const { identity, from, region, settings } = input;
  const sessionName = identity.sessionName ?? sessionNameOf(identity.name, host.clock.now());
  const role = { region, settings, roleArn: identity.roleArn, sessionName, ...limitsOf(identity) };
  if (from.kind === "web-identity") {
    return await assumeRoleWithWebIdentity(host, { ...role, token: await from.token() });
  }
  if (from.kind !== "credentials") throw unfitOrigin(identity, "another identity or a provider of kind github/oidc");
  const { credentials } = from;
  const marks = await marksOf(input);
  return await assumeRole(host, { ...role, ...marks, ...await cappedOf(host, { input, credentials }), credentials });
};

/**
 * Of the environment's own credentials nobody but AWS knows whether they are a role's session; it is asked only where
 * that makes a difference.
 */
async function cappedOf(
  host: Needs<"net">,
  { input: { identity, region, settings, talk }, credentials }: { input: RoleInput; credentials: Credentials },
): Promise<{ readonly durationSeconds?: number }> {
  if ((identity.durationMs ?? 0) <= CHAINED_MOST_MS || credentials.sessionToken === undefined) return {};
  const arn = await callerArn(host, { region, settings, credentials });
  if (arn === undefined || !arn.includes(":assumed-role/")) return {};
  talk.say(chainedCapSaid([identity]));
  return seconds(CHAINED_MOST_MS);
}

type RoleInput = StepInput<"aws/assume-role">;

/** What every way to a role can be narrowed by. */
function limitsOf({ durationMs, policy, policyArns }: RoleInput["identity"]): SessionLimits {
  return { ...seconds(durationMs), policyArns, ...(policy === undefined ? {} : { policy }) };
}

/** What goes with credentials alone. */
async function marksOf({ identity, talk }: RoleInput): Promise<Omit<SessionOptions, keyof SessionLimits>> {
  const { externalId, sourceIdentity, sessionTags, transitiveTagKeys, mfaArn, name } = identity;
  return {
    tags: sessionTags,
    transitiveTagKeys,
    ...(externalId === undefined ? {} : { externalId }),
    ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
    ...(mfaArn === undefined ? {} : { mfa: await mfaCode({ talk, device: mfaArn, identity: name }) }),
  };
}

/** As the Go atmos names it; `now` in milliseconds. */
export function sessionNameOf(identity: string, now: number): string {
  const end = `-${Math.floor(now / 1000)}`;
  const start = `atmos-${identity}`.replace(/[^\w+=,.@-]/g, "-").slice(0, LONGEST_NAME - end.length);
  return start + end;
}
