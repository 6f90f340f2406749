import type { Needs } from "../../host/host.ts";
import type { Secret } from "../../secret.ts";
import { checkRoleArn } from "../names/arn.ts";
import { type AwsEndpoint, unsignedConfig } from "../client/client_config.ts";
import type { Credentials } from "../client/credentials.ts";
import { watchClock } from "../errors/clock_skew.ts";
import { federationFailure } from "./errors.ts";
import { roleCredentials } from "./sts.ts";
import { type SessionLimits, sessionLimits } from "./sts_session.ts";
import { describeSubject, readClaim } from "./jwt_claims.ts";
import { type Remedy } from "../../remedy.ts";

interface WebIdentityInput extends AwsEndpoint, SessionLimits {
  readonly roleArn: string;
  readonly sessionName: string;
  /** The OIDC token, a JWT. */
  readonly token: Secret;
  /** What to do for another token when this one has expired; by default a login. */
  readonly renewal?: Remedy;
}

interface SamlInput extends AwsEndpoint, SessionLimits {
  readonly roleArn: string;
  /** ARN of the SAML provider in IAM. */
  readonly principalArn: string;
  /** The base64 of the SAML response, as the identity provider posts it. */
  readonly assertion: Secret;
}

/**
 * Credentials of a role for an OIDC token; not signed. Permissions net, clock. Errors: "usage" for what is no role
 * ARN, "aws-denied" when the role does not trust the token, "login-needed" for a token that has expired,
 * "login-denied", "config-invalid" for a duration that AWS does not take, "unreachable", "timeout",
 * "host-not-allowed".
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export async function assumeRoleWithWebIdentity(
  host: Needs<"net" | "clock">,
  input: WebIdentityInput,
): Promise<Credentials> {
  const { roleArn } = input;
  checkRoleArn(roleArn);
  const watched = watchClock(host);
  const config = unsignedConfig(watched.host, { service: "sts", place: input });
  const { STSClient, AssumeRoleWithWebIdentityCommand } = await import("@aws-sdk/client-sts");
  const request = {
    ...sessionLimits(input),
    RoleArn: roleArn,
    RoleSessionName: input.sessionName,
    WebIdentityToken: input.token.reveal(),
  };
  try {
    const got = await new STSClient(config).send(new AssumeRoleWithWebIdentityCommand(request));
    return roleCredentials(watched, { answered: got, roleArn, place: input });
  } catch (error) {
    const { token } = input;
    const bearer = { proof: "OIDC token", subject: describeSubject(token), audience: readClaim(token, "aud") };
    throw await federationFailure(host, {
      error,
      ...bearer,
      action: "sts:AssumeRoleWithWebIdentity",
      asked: input,
      renewal: input.renewal,
    });
  }
}

/**
 * Credentials of a role for a SAML assertion; not signed. As {@link assumeRoleWithWebIdentity}.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html
 */
export async function assumeRoleWithSaml(host: Needs<"net" | "clock">, input: SamlInput): Promise<Credentials> {
  const { roleArn, principalArn } = input;
  checkRoleArn(roleArn);
  const watched = watchClock(host);
  const config = unsignedConfig(watched.host, { service: "sts", place: input });
  const { STSClient, AssumeRoleWithSAMLCommand } = await import("@aws-sdk/client-sts");
  const request = {
    ...sessionLimits(input),
    RoleArn: roleArn,
    PrincipalArn: principalArn,
    SAMLAssertion: input.assertion.reveal(),
  };
  try {
    const got = await new STSClient(config).send(new AssumeRoleWithSAMLCommand(request));
    return roleCredentials(watched, { answered: got, roleArn, place: input });
  } catch (error) {
    const bearer = { proof: "SAML assertion", subject: principalArn, action: "sts:AssumeRoleWithSAML" };
    throw await federationFailure(host, { error, ...bearer, asked: input });
  }
}
