import type { World } from "./world.ts";
import { errorAnswer, REQUEST_ID, type StandinAnswer, STS, xmlAnswer } from "./answer.ts";
import { issueKey } from "./issue_key.ts";
import { ACCOUNT } from "./keys.ts";
import type { Operation } from "./operation.ts";
import { durationRefusal, type Limits, roleRefusal } from "./sts_refusals.ts";

interface Caller {
  readonly principal: string;
}

export function callerIdentity(principal: string): StandinAnswer {
  const account = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(principal)?.[1] ?? ACCOUNT;
  return result(
    "GetCallerIdentity",
    `<Arn>${principal}</Arn><UserId>AIDAEXAMPLE</UserId><Account>${account}</Account>`,
  );
}

/** The three ways to a role: with credentials, with a web identity, with a SAML assertion. */
export function assumeRole(world: World, operation: Operation & { readonly caller: Caller }): StandinAnswer {
  const { RoleArn: role = "" } = operation.parameters;
  const session = operation.parameters["RoleSessionName"] ?? (withSaml(operation) ? "saml-user" : "");
  const found = /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(role);
  if (found === null || !/^[\w+=,.@-]{2,64}$/.test(session)) {
    return refusal("ValidationError", `${role} or ${session} is invalid`);
  }
  const refused = roleRefusal(world, operation);
  if (refused !== undefined) return refusal(...refused);
  const principal = `arn:aws:sts::${found[1]}:assumed-role/${found[2]}/${session}`;
  const user =
    `<AssumedRoleUser><AssumedRoleId>AROAEXAMPLE:${session}</AssumedRoleId><Arn>${principal}</Arn></AssumedRoleUser>`;
  return result(operation.action, issued(world, { principal, seconds: duration(operation, 3600) }) + user);
}

function withSaml({ action }: Operation): boolean {
  return action === "AssumeRoleWithSAML";
}

const ROOT: Limits = { least: 0, most: 900 };

export function assumeRoot(world: World, operation: Operation & { readonly caller: Caller }): StandinAnswer {
  const { TargetPrincipal: account = "", "TaskPolicyArn.arn": policy = "" } = operation.parameters;
  if (!/^\d{12}$/.test(account) || !policy.startsWith("arn:aws:iam::aws:policy/root-task/")) {
    return refusal("ValidationError", `${account} or ${policy} is invalid`);
  }
  const refused = durationRefusal(operation, ROOT);
  if (refused !== undefined) return refusal(...refused);
  const principal = `arn:aws:iam::${account}:root`;
  return result("AssumeRoot", issued(world, { principal, seconds: duration(operation, 900) }));
}

const SESSION: Limits = { least: 900, most: 129_600 };

export function sessionToken(world: World, operation: Operation & { readonly caller: Caller }): StandinAnswer {
  const { principal } = operation.caller;
  if (principal.includes(":assumed-role/")) {
    return refusal("AccessDenied", "Cannot call GetSessionToken with session credentials");
  }
  const refused = durationRefusal(operation, SESSION) ?? mfaRefusal(operation);
  if (refused !== undefined) return refusal(...refused);
  return result("GetSessionToken", issued(world, { principal, seconds: duration(operation, 43_200) }));
}

function mfaRefusal({ parameters }: Operation): readonly [string, string] | undefined {
  const { SerialNumber: device, TokenCode: code } = parameters;
  if (device === undefined && code === undefined) return undefined;
  return code === "123456" ? undefined : ["AccessDenied", WRONG_CODE];
}

const WRONG_CODE = "MultiFactorAuthentication failed with invalid MFA one time pass code.";

function duration({ parameters }: Operation, usual: number): number {
  return Number(parameters["DurationSeconds"] ?? usual);
}

function issued(world: World, input: { readonly principal: string; readonly seconds: number }): string {
  const key = issueKey(world, input.principal);
  const expires = new Date(world.now() + input.seconds * 1000).toISOString();
  return `<Credentials><AccessKeyId>${key.accessKeyId}</AccessKeyId><SecretAccessKey>${key.secretAccessKey}` +
    `</SecretAccessKey><SessionToken>${key.sessionToken}</SessionToken><Expiration>${expires}</Expiration></Credentials>`;
}

function refusal(code: string, message: string): StandinAnswer {
  const status = code === "AccessDenied" || code === "IDPRejectedClaim" ? 403 : 400;
  return errorAnswer({ status, code, message, service: "sts" });
}

function result(action: string, inner: string): StandinAnswer {
  const body = `<${action}Response xmlns="${STS}"><${action}Result>${inner}</${action}Result>` +
    `<ResponseMetadata><RequestId>${REQUEST_ID}</RequestId></ResponseMetadata></${action}Response>`;
  return xmlAnswer(body);
}
