import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";

export interface TestProxy extends AsyncDisposable {
  readonly url: string;
  /** What it was asked for: "CONNECT host:port" or "GET http://…". */
  readonly asked: readonly string[];
}

/** An HTTP proxy on 127.0.0.1 that sends everything to one port of this machine, whatever host was asked for. */
export async function startProxy(targetPort: number): Promise<TestProxy> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(502).end();
  });
  const tunnels = new Set<{ destroy(): unknown }>();
  server.on("connect", (request, socket) => {
    asked.push(`CONNECT ${request.url}`);
    const upstream = connect(targetPort, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.pipe(socket);
      socket.pipe(upstream);
    });
    for (const [end, other] of [[upstream, socket], [socket, upstream]] as const) {
      tunnels.add(end);
      end.on("error", () => other.destroy());
      end.on("close", () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      // A tunnel is no connection of the server any more.
      for (const end of tunnels) end.destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
