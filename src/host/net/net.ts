import { env } from "../process/env.ts";
import type { Net, NetRequest, NetResponse } from "../host.ts";
import { NetError } from "./net_error.ts";
import { netErrorOf, notAllowed } from "./net_failure.ts";
import { recordSentSecrets } from "./sent_secrets.ts";
import { DEFAULT_PORTS, findRoute, type Route } from "./proxy.ts";

const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * HTTP over the runtime's fetch. Redirects are answers, not followed. HTTPS_PROXY and HTTP_PROXY are the runtime's
 * own business, NO_PROXY where it knows the form; the permission asked for is that of the target, never that of the
 * proxy.
 */
export const net: Net = {
  async fetch(request: NetRequest): Promise<NetResponse> {
    const host = hostAndPort(request.url);
    requirePermission(host);
    recordSentSecrets(request);
    const route = usableRoute(request.url, host);
    const client = clientFor(request, route);
    try {
      return await exchange(request, client);
    } catch (error) {
      throw netErrorOf(error, { host, ...(route.kind === "proxy" ? { proxy: route.proxy } : {}) });
    } finally {
      client?.close();
    }
  },
};

/** A client that does what the runtime's own would not; undefined where that one will do. */
function clientFor({ url, caCerts }: NetRequest, { kind }: Route): Deno.HttpClient | undefined {
  const options = caCerts === undefined ? {} : { caCerts: [...caCerts] };
  if (kind === "around-proxy") return createDirectClient(new URL(url), options);
  return caCerts && Deno.createHttpClient(options);
}

/** A client that takes no proxy to that host: the runtime reads NO_PROXY when a client is created, and only then. */
function createDirectClient({ hostname }: URL, options: Deno.CreateHttpClientOptions): Deno.HttpClient {
  const before = Deno.env.get("NO_PROXY");
  Deno.env.set("NO_PROXY", hostname.replace(/^\[|\]$/g, ""));
  try {
    return Deno.createHttpClient(options);
  } finally {
    if (before === undefined) Deno.env.delete("NO_PROXY");
    else Deno.env.set("NO_PROXY", before);
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
  const body = await response.bytes();
  return { status, headers: Object.fromEntries(headers), body, ...(cookies.length === 0 ? {} : { cookies }) };
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
  throw notAllowed(host);
}

function usableRoute(url: string, host: string): Route {
  const route = findRoute(new URL(url), visible);
  if (route.kind !== "proxy" || route.proxy.fault === undefined) return route;
  throw new NetError("bad-proxy", host, route.proxy.fault, { proxy: route.proxy });
}

/** A variable that this program may not see is one that nobody told it about. */
function visible(name: string): string | undefined {
  try {
    return env.get(name);
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return undefined;
    throw error;
  }
}
