import type { Operation } from "./operation.ts";
import { samlRefusal } from "./saml.ts";
import type { World } from "./world.ts";

/** A role and who may have it; a role that a test does not describe is everybody's, for up to 12 hours. */
export interface StandinRole {
  /** The caller must name it. */
  readonly externalId?: string;
  /** The caller must show the MFA code 123456. */
  readonly mfa?: true;
  /** MaxSessionDuration in seconds; 12 hours when absent. */
  readonly maxSeconds?: number;
  /** What a web identity must be meant for (its `aud`). */
  readonly audience?: string;
  /** Nobody gets it. */
  readonly closed?: true;
  /** IAM actions besides the assuming itself that the trust policy forgets, e.g. "sts:TagSession". */
  readonly forgets?: readonly string[];
}

export interface Limits {
  readonly least: number;
  readonly most: number;
}

/** AWS's code and words. */
type Refusal = readonly [code: string, message: string];

type Asked = Operation & { readonly caller: { readonly principal: string } };

const ROLE: Limits = { least: 900, most: 43_200 };

/** Why the role is not given, in the order in which AWS looks; undefined when it is. */
export function roleRefusal(world: World, asked: Asked): Refusal | undefined {
  const role = world.options.roles?.[asked.parameters["RoleArn"] ?? ""] ?? {};
  return durationRefusal(asked, ROLE) ?? policyRefusal(asked) ?? proofRefusal(asked) ??
    audienceRefusal(asked, role) ?? assertionRefusal(world, asked) ?? trustRefusal(asked, role) ??
    lengthRefusal(asked, role);
}

export function durationRefusal({ parameters }: Operation, { least, most }: Limits): Refusal | undefined {
  const text = parameters["DurationSeconds"];
  if (text === undefined) return undefined;
  const seconds = Number(text);
  const bound = seconds < least ? `greater than or equal to ${least}` : `less than or equal to ${most}`;
  return seconds >= least && seconds <= most ? undefined : [
    "ValidationError",
    `1 validation error detected: Value '${text}' at 'durationSeconds' failed to satisfy constraint: ` +
    `Member must have value ${bound}`,
  ];
}

function policyRefusal({ parameters }: Operation): Refusal | undefined {
  const { Policy: policy } = parameters;
  if (policy === undefined) return undefined;
  try {
    JSON.parse(policy);
    return undefined;
  } catch {
    return ["MalformedPolicyDocument", "The policy is not in the valid JSON format."];
  }
}

/** Tokens are not verified; "expired" and "foreign" stand for those that AWS would not take. */
function proofRefusal({ action, parameters }: Operation): Refusal | undefined {
  if (action === "AssumeRole") return undefined;
  if (action === "AssumeRoleWithSAML" && !parameters["PrincipalArn"]?.includes(":saml-provider/")) {
    return ["ValidationError", "PrincipalArn is not a SAML provider"];
  }
  const proof = parameters["WebIdentityToken"] ?? samlText(parameters["SAMLAssertion"]);
  if (proof === "" || proof.includes("foreign")) return ["InvalidIdentityToken", "No provider found in your account"];
  return proof.includes("expired") ? ["ExpiredTokenException", "Token must be redeemed in time"] : undefined;
}

function assertionRefusal(world: World, { action, parameters }: Operation): Refusal | undefined {
  if (action !== "AssumeRoleWithSAML") return undefined;
  const { RoleArn: roleArn = "", PrincipalArn: principalArn = "", SAMLAssertion: assertion } = parameters;
  return samlRefusal({ xml: samlText(assertion), roleArn, principalArn, now: world.now() });
}

function audienceRefusal({ action, parameters }: Operation, { audience }: StandinRole): Refusal | undefined {
  if (audience === undefined || action !== "AssumeRoleWithWebIdentity") return undefined;
  const payload = parameters["WebIdentityToken"]?.split(".")[1] ?? "";
  const claims = JSON.parse(new TextDecoder().decode(Uint8Array.fromBase64(payload, { alphabet: "base64url" })));
  return claims.aud === audience ? undefined : ["InvalidIdentityToken", "Incorrect token audience"];
}

function samlText(assertion = ""): string {
  try {
    const text = new TextDecoder().decode(Uint8Array.fromBase64(assertion));
    return text.startsWith("<") ? text : "";
  } catch {
    return "";
  }
}

function trustRefusal(asked: Asked, role: StandinRole): Refusal | undefined {
  const { parameters } = asked;
  const untrusted = role.closed || (role.externalId !== undefined && role.externalId !== parameters["ExternalId"]) ||
    (role.mfa && parameters["TokenCode"] === undefined);
  if (untrusted) return denied(asked, `sts:${asked.action}`);
  if (parameters["TokenCode"] !== undefined && parameters["TokenCode"] !== "123456") {
    return ["AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code."];
  }
  const needed = [
    ...(parameters["Tags.member.1.Key"] === undefined ? [] : ["sts:TagSession"]),
    ...(parameters["SourceIdentity"] === undefined ? [] : ["sts:SetSourceIdentity"]),
  ];
  const forgotten = needed.find((one) => role.forgets?.includes(one));
  return forgotten === undefined ? undefined : denied(asked, forgotten);
}

function denied({ caller, action, parameters }: Asked, missing: string): Refusal {
  return action === "AssumeRole"
    ? [
      "AccessDenied",
      `User: ${caller.principal} is not authorized to perform: ${missing} on resource: ${parameters["RoleArn"]}`,
    ]
    : ["AccessDenied", `Not authorized to perform ${missing}`];
}

function lengthRefusal({ caller, parameters }: Asked, role: StandinRole): Refusal | undefined {
  const seconds = Number(parameters["DurationSeconds"] ?? 0);
  if (seconds > 3600 && caller.principal.includes(":assumed-role/")) {
    const message =
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.";
    return ["ValidationError", message];
  }
  if (seconds <= (role.maxSeconds ?? 43_200)) return undefined;
  return ["ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."];
}
