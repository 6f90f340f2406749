import type { LogFacts } from "../../host/log_port.ts";
import type { NetRequest } from "../../host/host.ts";

/** Operations of the services that say them by method and path alone, in which `*` is a name. */
const BY_PATH: Readonly<Record<string, readonly [service: string, operation: string]>> = {
  "GET /clusters": ["eks", "ListClusters"],
  "GET /clusters/*": ["eks", "DescribeCluster"],
  "GET /clusters/*/access-entries": ["eks", "ListAccessEntries"],
  "GET /clusters/*/access-entries/*": ["eks", "DescribeAccessEntry"],
  "GET /clusters/*/access-entries/*/access-policies": ["eks", "ListAssociatedAccessPolicies"],
  "GET /federation/credentials": ["sso", "GetRoleCredentials"],
  "GET /assignment/accounts": ["sso", "ListAccounts"],
  "GET /assignment/roles": ["sso", "ListAccountRoles"],
  "POST /logout": ["sso", "Logout"],
  "POST /token": ["sso-oidc", "CreateToken"],
  "POST /client/register": ["sso-oidc", "RegisterClient"],
  "POST /device_authorization": ["sso-oidc", "StartDeviceAuthorization"],
  "POST /listRegions": ["account", "ListRegions"],
};

/**
 * Returns what a log says of a request to AWS: service, operation, host, region, the access key that signs it, the role
 * or account that it is about, which attempt it is. Nothing else of its headers, query and body is in it.
 */
export function callFacts({ method, url, headers, body }: NetRequest): LogFacts {
  const { host, pathname, searchParams } = new URL(url);
  const form = parseForm(body);
  const [key, , region, signedFor] = parseScope(headers);
  const named =
    BY_PATH[`${method} ${pathname.replace(/\/$/, "").replace(/(?<=\/(?:clusters|access-entries)\/)[^/]+/g, "*")}`];
  const operation = headers["x-amz-target"]?.split(".").at(-1) ?? form.get("Action") ?? named?.[1];
  return {
    service: signedFor ?? named?.[0] ?? (form.has("Action") ? "sts" : undefined),
    operation: operation ?? method,
    host,
    region: region ?? /\.([a-z]{2,4}(?:-[a-z]+)+-\d)\./.exec(host)?.[1],
    key,
    role: form.get("RoleArn") ?? searchParams.get("role_name") ?? undefined,
    account: searchParams.get("account_id") ?? undefined,
    attempt: Number(/attempt=(\d+)/.exec(headers["amz-sdk-request"] ?? "")?.[1] ?? 1),
  };
}

/** Returns the id that AWS has given to a request, for its support. */
export function getRequestId(headers: Readonly<Record<string, string>>): string | undefined {
  return headers["x-amzn-requestid"] ?? headers["x-amzn-request-id"] ?? headers["x-amz-request-id"];
}

function parseForm(body: NetRequest["body"]): URLSearchParams {
  const text = typeof body === "string" ? body : new TextDecoder().decode(body);
  return new URLSearchParams(text.startsWith("Action=") || text.includes("&Action=") ? text : "");
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
function parseScope(headers: Readonly<Record<string, string>>): readonly (string | undefined)[] {
  const value = Object.entries(headers).find(([name]) => name.toLowerCase() === "authorization")?.[1];
  return /^AWS4-HMAC-SHA256 Credential=([^,\s]+)/.exec(value ?? "")?.[1]?.split("/") ?? [];
}
