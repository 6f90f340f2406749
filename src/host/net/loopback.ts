import type { Loopback, LoopbackListener, Visit, Visited } from "../host.ts";
import { NetError } from "./net_error.ts";

const HOSTNAME = "127.0.0.1";

/** HTTP on a free port of 127.0.0.1, never of another address. */
export const loopback: Loopback = {
  listen<T>(visited: (visit: Visit) => Visited<T>): LoopbackListener<T> {
    const { promise, resolve } = Promise.withResolvers<T>();
    const server = serve((request) => {
      const { answer, found } = visited({ method: request.method, target: getTarget(request) });
      if (found !== undefined) resolve(found);
      return new Response(answer.body, { status: answer.status, headers: { ...answer.headers } });
    });
    return {
      port: server.addr.port,
      arrival: (timeoutMs) => within(promise, timeoutMs),
      close: () => server.shutdown(),
    };
  },
};

function serve(handler: (request: Request) => Response): Deno.HttpServer<Deno.NetAddr> {
  try {
    return Deno.serve({ hostname: HOSTNAME, port: 0, onListen() {} }, handler);
  } catch (error) {
    const kind = error instanceof Deno.errors.NotCapable ? "not-allowed" : "other";
    const detail = error instanceof Error ? error.message : String(error);
    throw new NetError(kind, HOSTNAME, `no port can be had: ${detail}`, { cause: error });
  }
}

/** The host in the URL is whatever the client says. */
function getTarget(request: Request): string {
  const url = URL.parse(request.url);
  return url === null ? "" : `${url.pathname}${url.search}`;
}

/** undefined when the promise takes longer. */
async function within<T>(promise: Promise<T>, timeoutMs: number): Promise<T | undefined> {
  const { promise: over, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), timeoutMs);
  try {
    return await Promise.race([promise, over]);
  } finally {
    clearTimeout(timer);
  }
}
