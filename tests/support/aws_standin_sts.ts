import type { World } from "./aws_standin_world.ts";
import { errorAnswer, jsonAnswer, REQUEST_ID, type StandinAnswer, STS, xmlAnswer } from "./aws_standin_answer.ts";
import { ACCOUNT, type StandinKey } from "./aws_standin_keys.ts";
import type { Operation } from "./aws_standin_operation.ts";

const HOUR_MS = 3_600_000;

export function callerIdentity(principal: string): StandinAnswer {
  const account = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(principal)?.[1] ?? ACCOUNT;
  return result(
    "GetCallerIdentity",
    `<Arn>${principal}</Arn><UserId>AIDAEXAMPLE</UserId><Account>${account}</Account>`,
  );
}

/** New keys for the role; from now on the stand-in knows them. */
export function assumeRole(world: World, operation: Operation): StandinAnswer {
  const { RoleArn: role = "", RoleSessionName: session = "" } = operation.parameters;
  const found = /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(role);
  if (found === null || session === "") {
    return errorAnswer({ status: 400, code: "ValidationError", message: `${role} is invalid`, service: "sts" });
  }
  const principal = `arn:aws:sts::${found[1]}:assumed-role/${found[2]}/${session}`;
  const key = issue(world, principal);
  const user =
    `<AssumedRoleUser><AssumedRoleId>AROAEXAMPLE:${session}</AssumedRoleId><Arn>${principal}</Arn></AssumedRoleUser>`;
  const expires = new Date(world.now() + HOUR_MS).toISOString();
  return result(
    operation.action,
    `<Credentials><AccessKeyId>${key.accessKeyId}</AccessKeyId><SecretAccessKey>${key.secretAccessKey}</SecretAccessKey>` +
      `<SessionToken>${key.sessionToken}</SessionToken><Expiration>${expires}</Expiration></Credentials>${user}`,
  );
}

/** The SSO portal: any bearer token but "expired" is good. */
export function roleCredentials(world: World, operation: Operation): StandinAnswer {
  if ((operation.headers["x-amz-sso_bearer_token"] ?? "expired") === "expired") {
    const message = "Session token not found or invalid";
    return errorAnswer({ status: 401, code: "UnauthorizedException", message });
  }
  const { role_name: role = "", account_id: account = ACCOUNT } = operation.parameters;
  const key = issue(world, `arn:aws:sts::${account}:assumed-role/AWSReservedSSO_${role}/dev`);
  const { accessKeyId, secretAccessKey, sessionToken } = key;
  return jsonAnswer({
    roleCredentials: { accessKeyId, secretAccessKey, sessionToken, expiration: world.now() + HOUR_MS },
  });
}

function issue(world: World, principal: string): StandinKey {
  const number = String(world.keys.size).padStart(4, "0");
  const key = {
    accessKeyId: `ASIASTANDINROLE${number}A`,
    secretAccessKey: `standin/secret+of/role/number/EXAMPLE${number}`,
    sessionToken: `standin//session+token/${number}==`,
    principal,
  };
  world.keys.set(key.accessKeyId, key);
  return key;
}

function result(action: string, inner: string): StandinAnswer {
  const body = `<${action}Response xmlns="${STS}"><${action}Result>${inner}</${action}Result>` +
    `<ResponseMetadata><RequestId>${REQUEST_ID}</RequestId></ResponseMetadata></${action}Response>`;
  return xmlAnswer(body);
}
