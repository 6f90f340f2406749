import { env } from "../process/env.ts";
import type { Net, NetRequest, NetResponse } from "../host.ts";
import { NetError } from "./net_error.ts";
import { netErrorOf, notAllowed } from "./net_failure.ts";
import { type Proxy, proxyOf } from "./proxy.ts";

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_PORTS: Readonly<Record<string, string>> = { "https:": "443", "http:": "80" };

/**
 * HTTP over the runtime's fetch. Redirects are answers, not followed. HTTPS_PROXY, HTTP_PROXY and NO_PROXY are the
 * runtime's own business; the permission asked for is that of the target, never that of the proxy.
 */
export const net: Net = {
  async fetch(request: NetRequest): Promise<NetResponse> {
    const host = hostAndPort(request.url);
    requirePermission(host);
    const proxy = usableProxy(request.url, host);
    const client = request.caCerts && Deno.createHttpClient({ caCerts: [...request.caCerts] });
    try {
      return await exchange(request, client);
    } catch (error) {
      throw netErrorOf(error, { host, ...(proxy ? { proxy } : {}) });
    } finally {
      client?.close();
    }
  },
};

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

function usableProxy(url: string, host: string): Proxy | undefined {
  const proxy = proxyOf(new URL(url), visible);
  if (proxy?.fault === undefined) return proxy;
  throw new NetError("bad-proxy", host, proxy.fault, { proxy });
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
