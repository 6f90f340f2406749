import type { Credentials } from "../../../../aws/client/credentials.ts";
import { assumeRole, callerArn } from "../../../../aws/sts/sts.ts";
import { assumeRoleWithWebIdentity } from "../../../../aws/sts/sts_federation.ts";
import type { SessionLimits, SessionOptions } from "../../../../aws/sts/sts_session.ts";
import { AppError } from "../../../../errors.ts";
import type { Needs } from "../../../../host/host.ts";
import type { LoginHost } from "../../../flow/login_host.ts";
import { type AssumeIdentity, type AssumeInput, mfaCode, type Origin, seconds, unfitOrigin } from "../assume.ts";
import { CHAINED_MOST_MS, chainedCapMessage } from "./role_chaining.ts";
import type { AwsAssumeRole } from "./schema.ts";

const LONGEST_NAME = 64;
const OTHERS = "another identity or a provider of kind github/oidc or aws/saml";

type RoleInput = AssumeInput<AwsAssumeRole>;

/** A session of the role: by another identity's credentials, the job's token or a SAML response. */
export const assume: AssumeIdentity<AwsAssumeRole> = async (host, input) => {
  const { identity, from, region, settings } = input;
  if (from.kind === "saml") return await fromSaml(host, { ...input, from });
  const { roleArn } = identity;
  if (roleArn === undefined) throw noRole(identity);
  const sessionName = identity.sessionName ?? makeSessionName(identity.name, host.clock.now());
  const role = { region, settings, roleArn, sessionName, ...getSessionLimits(identity) };
  if (from.kind === "web-identity") {
    const length = seconds(identity.durationMs ?? from.sessionMs);
    return await assumeRoleWithWebIdentity(host, { ...role, ...length, token: await from.token() });
  }
  if (from.kind !== "credentials") throw unfitOrigin(identity, OTHERS);
  const { credentials } = from;
  const marks = await readSessionMarks(input);
  return await assumeRole(host, { ...role, ...marks, ...await capDuration(host, { input, credentials }), credentials });
};

/** A SAML response names the session itself. */
async function fromSaml(
  host: LoginHost,
  input: RoleInput & { readonly from: Extract<Origin, { readonly kind: "saml" }> },
): Promise<Credentials> {
  const { assumeSamlRole } = await import("../../../saml/assume_saml_role.ts");
  const { identity, from, region, settings, ui } = input;
  const response = await from.login();
  const role = { identity: identity.name, wanted: identity.roleArn, response, ...getSessionLimits(identity) };
  return await assumeSamlRole(host, {
    ...role,
    ...seconds(identity.durationMs ?? from.sessionMs),
    region,
    settings,
    ui,
  });
}

function noRole({ name, place }: RoleInput["identity"]): AppError {
  return new AppError("config-invalid", `Cannot use identity "${name}": it names no role`, {
    hint: "Set principal.assume_role to the ARN of one; only a SAML login offers roles to choose from",
    place,
  });
}

/**
 * Of the environment's own credentials no one but AWS knows whether they are a role's session; it is asked only where
 * that makes a difference.
 */
async function capDuration(
  host: Needs<"net">,
  { input: { identity, region, settings, ui }, credentials }: { input: RoleInput; credentials: Credentials },
): Promise<{ readonly durationSeconds?: number }> {
  if ((identity.durationMs ?? 0) <= CHAINED_MOST_MS || credentials.sessionToken === undefined) return {};
  const arn = await callerArn(host, { region, settings, credentials });
  if (arn === undefined || !arn.includes(":assumed-role/")) return {};
  ui.say(chainedCapMessage([identity]));
  return seconds(CHAINED_MOST_MS);
}

/** What every way to a role can be narrowed by. */
function getSessionLimits({ durationMs, policy, policyArns }: RoleInput["identity"]): SessionLimits {
  return { ...seconds(durationMs), policyArns, ...(policy === undefined ? {} : { policy }) };
}

/** What goes with credentials alone. */
async function readSessionMarks(input: RoleInput): Promise<Omit<SessionOptions, keyof SessionLimits>> {
  const { externalId, sourceIdentity, sessionTags, transitiveTagKeys, mfaArn } = input.identity;
  return {
    tags: sessionTags,
    transitiveTagKeys,
    ...(externalId === undefined ? {} : { externalId }),
    ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
    ...(mfaArn === undefined ? {} : { mfa: await mfaCode(input, mfaArn) }),
  };
}

/** As the Go atmos names it; `now` in milliseconds. */
export function makeSessionName(identity: string, now: number): string {
  const end = `-${Math.floor(now / 1000)}`;
  const start = `atmos-${identity}`.replace(/[^\w+=,.@-]/g, "-").slice(0, LONGEST_NAME - end.length);
  return start + end;
}
