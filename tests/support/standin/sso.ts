import { errorAnswer, jsonAnswer, type StandinAnswer } from "./answer.ts";
import type { Operation } from "./operation.ts";
import { issueKey } from "./issue_key.ts";
import type { World } from "./world.ts";

const HOUR_MS = 3_600_000;

/** The portal's calls; undefined when `action` is none of them. Every one needs a good access token. */
export function portalAnswer(world: World, operation: Operation): StandinAnswer | undefined {
  const answer = CALLS[operation.action];
  if (answer === undefined) return undefined;
  return goodToken(world, operation) ? answer(world, operation) : errorAnswer({
    status: 401,
    code: "UnauthorizedException",
    message: "Session token not found or invalid",
  });
}

const CALLS: Readonly<Record<string, (world: World, operation: Operation) => StandinAnswer>> = {
  GetRoleCredentials: roleCredentials,
  ListAccounts: listAccounts,
  ListAccountRoles: listAccountRoles,
  Logout: logout,
};

/** Without `sso` options any token but "expired" is good, and any permission set. */
function goodToken(world: World, operation: Operation): boolean {
  const token = tokenOf(operation);
  if (world.options.sso === undefined) return token !== "" && token !== "expired";
  return (world.logins.accessTokens.get(token) ?? 0) > world.now();
}

function tokenOf(operation: Operation): string {
  return operation.headers["x-amz-sso_bearer_token"] ?? "";
}

function roleCredentials(world: World, { parameters }: Operation): StandinAnswer {
  const { role_name: role = "", account_id: id = "" } = parameters;
  const account = world.logins.accounts.find((one) => one.id === id);
  if (world.options.sso !== undefined && account?.roles.includes(role) !== true) return noAccess();
  const key = issueKey(world, `arn:aws:sts::${id}:assumed-role/AWSReservedSSO_${role}/dev`);
  const { accessKeyId, secretAccessKey, sessionToken } = key;
  return jsonAnswer({
    roleCredentials: { accessKeyId, secretAccessKey, sessionToken, expiration: world.now() + HOUR_MS },
  });
}

function listAccounts(world: World, { parameters }: Operation): StandinAnswer {
  const all = world.logins.accounts.map(({ id, name, email }) => ({
    accountId: id,
    accountName: name,
    emailAddress: email,
  }));
  const { items, nextToken } = page(world, { all, parameters });
  return jsonAnswer({ accountList: items, nextToken });
}

function listAccountRoles(world: World, { parameters }: Operation): StandinAnswer {
  const account = world.logins.accounts.find((one) => one.id === parameters["account_id"]);
  if (account === undefined) return noAccess();
  const all = account.roles.map((roleName) => ({ roleName, accountId: account.id }));
  const { items, nextToken } = page(world, { all, parameters });
  return jsonAnswer({ roleList: items, nextToken });
}

function logout(world: World, operation: Operation): StandinAnswer {
  world.logins.accessTokens.delete(tokenOf(operation));
  return jsonAnswer({});
}

function noAccess(): StandinAnswer {
  return errorAnswer({ status: 403, code: "ForbiddenException", message: "No access" });
}

function page<T>(
  world: World,
  { all, parameters }: { readonly all: readonly T[]; readonly parameters: Operation["parameters"] },
): { readonly items: readonly T[]; readonly nextToken: string | null } {
  const start = Number(parameters["next_token"] ?? 0);
  const end = start + Math.min(Number(parameters["max_result"] ?? 20), world.options.pageSize ?? 100);
  return { items: all.slice(start, end), nextToken: end < all.length ? String(end) : null };
}
