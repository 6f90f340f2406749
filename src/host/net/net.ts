import { env } from "../process/env.ts";
import type { Net, NetRequest, NetResponse } from "../host.ts";
import { NetError } from "./net_error.ts";
import { makeNotAllowed, toNetError } from "./net_failure.ts";
import { recordSentSecrets } from "./sent_secrets.ts";
import { DEFAULT_PORTS, findRoute, namedRoute, type Route } from "./proxy.ts";

const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * HTTP over the runtime's fetch. Redirects are answers, not followed. The runtime obeys HTTPS_PROXY, HTTP_PROXY and
 * NO_PROXY, unless {@link findRoute} says that it must not; the permission asked for is that of the target, never that of
 * the proxy.
 */
export const net: Net = {
  async fetch(request: NetRequest): Promise<NetResponse> {
    const host = hostAndPort(request.url);
    requirePermission(host);
    recordSentSecrets(request);
    const route = usableRoute(request, host);
    const client = clientFor(request, route);
    try {
      return await exchange(request, client);
    } catch (error) {
      throw toNetError(error, { host, ...(route.kind === "proxy" ? { proxy: route.proxy } : {}) });
    } finally {
      client?.close();
    }
  },
};

/** A client that does what the runtime's own would not; undefined where that one will do. */
function clientFor({ url, caCerts, proxy }: NetRequest, { kind }: Route): Deno.HttpClient | undefined {
  const create = () => Deno.createHttpClient(caCerts === undefined ? {} : { caCerts: [...caCerts] });
  if (proxy !== undefined) return withVariables({ ALL_PROXY: proxy, NO_PROXY: "", no_proxy: "" }, create);
  const { hostname } = new URL(url);
  if (kind === "around-proxy") return withVariables({ NO_PROXY: hostname.replace(/^\[|\]$/g, "") }, create);
  return caCerts && create();
}

/** The runtime reads the variables of proxies when a client is created, and only then. */
function withVariables<T>(variables: Readonly<Record<string, string>>, create: () => T): T {
  const before = Object.keys(variables).map((name) => [name, Deno.env.get(name)] as const);
  for (const [name, value] of Object.entries(variables)) Deno.env.set(name, value);
  try {
    return create();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) Deno.env.delete(name);
      else Deno.env.set(name, value);
    }
  }
}

async function exchange(request: NetRequest, client: Deno.HttpClient | undefined): Promise<NetResponse> {
  const response = await fetch(request.url, {
    method: request.method,
    headers: { ...request.headers },
    redirect: "manual",
    signal: deadline(request),
    ...(request.body === undefined ? {} : { body: request.body as BodyInit }),
    ...(client ? { client } : {}),
  });
  const { status, headers } = response;
  const cookies = headers.getSetCookie();
  const body = await readBody(request, response);
  return { status, headers: Object.fromEntries(headers), body, ...(cookies.length === 0 ? {} : { cookies }) };
}

/** No answer that this program reads has a hundredth of it; one without an end would take all memory until the deadline. */
const MOST_BYTES = 32 * 1024 * 1024;

async function readBody({ url }: NetRequest, response: Response): Promise<Uint8Array> {
  if (response.body === null) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body) {
    size += part.length;
    if (size > MOST_BYTES) throw new NetError("too-large", hostAndPort(url), "its response has more than 32 MiB");
    parts.push(part);
  }
  return joinAll(parts, size);
}

function joinAll(parts: readonly Uint8Array[], size: number): Uint8Array {
  const [first = new Uint8Array()] = parts;
  if (parts.length <= 1) return first;
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function deadline(request: NetRequest): AbortSignal {
  const timeout = AbortSignal.timeout(request.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  return request.signal ? AbortSignal.any([timeout, request.signal]) : timeout;
}

/** The host with its port always spelt out: a grant for "host:443" answers only a question that names the port. */
function hostAndPort(text: string): string {
  const url = URL.parse(text);
  if (url === null || DEFAULT_PORTS[url.protocol] === undefined) throw new NetError("other", text, "not an HTTP URL");
  return `${url.hostname}:${url.port || DEFAULT_PORTS[url.protocol]}`;
}

function requirePermission(host: string): void {
  if (Deno.permissions.querySync({ name: "net", host }).state === "granted") return;
  throw makeNotAllowed(host);
}

function usableRoute({ url, proxy }: NetRequest, host: string): Route {
  const route = proxy === undefined ? findRoute(new URL(url), visible) : namedRoute(proxy);
  if (route.kind !== "proxy" || route.proxy.fault === undefined) return route;
  throw new NetError("bad-proxy", host, route.proxy.fault, { proxy: route.proxy });
}

/** A variable that this program may not see is one that no one told it about. */
function visible(name: string): string | undefined {
  try {
    return env.get(name);
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return undefined;
    throw error;
  }
}
