import type { IncomingMessage } from "node:http";
import { accessRoute } from "./access_entries.ts";

/** A request, and which AWS call it is. */
export interface Operation {
  readonly service: string;
  readonly action: string;
  readonly region: string;
  readonly method: string;
  /** As sent, still escaped. */
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly parameters: Readonly<Record<string, string>>;
  /** Calls that AWS itself takes without a signature. */
  readonly unsigned: boolean;
}

/** Calls of the SSO portal and of its OIDC service. */
const LOGIN_ROUTES: Readonly<Record<string, { readonly service: string; readonly action: string }>> = {
  "GET /federation/credentials": { service: "sso", action: "GetRoleCredentials" },
  "GET /assignment/accounts": { service: "sso", action: "ListAccounts" },
  "GET /assignment/roles": { service: "sso", action: "ListAccountRoles" },
  "GET /federation": { service: "signin", action: "getSigninToken" },
  "POST /logout": { service: "sso", action: "Logout" },
  "POST /client/register": { service: "sso-oidc", action: "RegisterClient" },
  "POST /device_authorization": { service: "sso-oidc", action: "StartDeviceAuthorization" },
  "GET /authorize": { service: "sso-oidc", action: "Authorize" },
  "GET /v1/authorize": { service: "signin", action: "AuthorizeSignIn" },
  "POST /v1/token": { service: "signin", action: "CreateOAuth2Token" },
  "POST /token": { service: "sso-oidc", action: "CreateToken" },
};

const UNSIGNED: ReadonlySet<string> = new Set([
  ...["AssumeRoleWithWebIdentity", "AssumeRoleWithSAML"],
  ...Object.values(LOGIN_ROUTES).map(({ action }) => action),
]);

/** By the header that names the call. */
const ECR_ROUTES: Readonly<Record<string, Route>> = {
  "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken": {
    service: "ecr",
    action: "GetAuthorizationToken",
    parameters: {},
  },
  "SpencerFrontendService.GetAuthorizationToken": {
    service: "ecr-public",
    action: "GetAuthorizationToken",
    parameters: {},
  },
};

interface Route {
  readonly service: string;
  readonly action: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Reads the whole request. */
export async function operationOf(request: IncomingMessage): Promise<Operation> {
  const body = await bodyOf(request);
  const [path = "/", query = ""] = splitOnce(request.url ?? "/", "?");
  const headers = headersOf(request);
  const target = headers["x-amz-target"] ?? "";
  const route = ECR_ROUTES[target] ?? routeOf({ method: request.method ?? "GET", path, query, body });
  const scope = /Credential=[^/]+\/\d{8}\/([^/]+)\//.exec(headers["authorization"] ?? "");
  return {
    ...route,
    region: scope?.[1] ?? "",
    method: request.method ?? "GET",
    path,
    query,
    headers,
    body,
    unsigned: UNSIGNED.has(route.action),
  };
}

function routeOf(input: { method: string; path: string; query: string; body: Uint8Array }): Route {
  const query = Object.fromEntries(new URLSearchParams(input.query));
  const one = /^\/clusters\/([^/]+)$/.exec(input.path);
  if (input.method === "GET" && one) {
    return { service: "eks", action: "DescribeCluster", parameters: { name: decodeURIComponent(one[1]!) } };
  }
  const access = accessRoute(input.method, input.path);
  if (access !== undefined) {
    const { action, parameters } = access;
    return { service: "eks", action, parameters: { ...query, ...jsonFields(input.body), ...parameters } };
  }
  if (input.method === "GET" && input.path === "/clusters") {
    return { service: "eks", action: "ListClusters", parameters: query };
  }
  if (input.method === "POST" && input.path === "/listRegions") {
    return { service: "account", action: "ListRegions", parameters: jsonFields(input.body) };
  }
  const login = LOGIN_ROUTES[`${input.method} ${input.path}`];
  const form = Object.fromEntries(new URLSearchParams(new TextDecoder().decode(input.body)));
  const isForm = login?.action === "CreateOAuth2Token" &&
    !("{" === new TextDecoder().decode(input.body.subarray(0, 1)));
  if (login !== undefined) return { ...login, parameters: { ...query, ...(isForm ? form : jsonFields(input.body)) } };
  const action = form["Action"] ?? query["Action"];
  if (input.path === "/" && action !== undefined) return { service: "sts", action, parameters: { ...query, ...form } };
  return { service: "unknown", action: `${input.method} ${input.path}`, parameters: query };
}

/** Fields that are no texts are given as JSON. */
function jsonFields(body: Uint8Array): Record<string, string> {
  const text = new TextDecoder().decode(body);
  if (text === "") return {};
  const entries = Object.entries(JSON.parse(text) as Record<string, unknown>);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer());
}

function headersOf(request: IncomingMessage): Record<string, string> {
  const entries = Object.entries(request.headers).map(([name, value]) => [name, [value ?? ""].flat().join(",")]);
  return Object.fromEntries(entries);
}

function splitOnce(text: string, at: string): [string, string] {
  const found = text.indexOf(at);
  return found < 0 ? [text, ""] : [text.slice(0, found), text.slice(found + at.length)];
}
