/** What a docker client has sent with a pull or push: whom it would log in as at the registry. */
export interface DockerAuth {
  readonly image: string;
  readonly username?: string;
  readonly password?: string;
  readonly serveraddress?: string;
}

/** Just enough of docker's daemon for `docker pull` and `docker login`, on 127.0.0.1. */
export interface DockerDaemon extends AsyncDisposable {
  /** For `docker -H`. */
  readonly address: string;
  readonly pulls: readonly DockerAuth[];
}

/** Starts it. Permission net (127.0.0.1). */
export function startDockerDaemon(): DockerDaemon {
  const pulls: DockerAuth[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => answer(request, pulls));
  return {
    address: `tcp://127.0.0.1:${server.addr.port}`,
    pulls,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

function answer(request: Request, pulls: DockerAuth[]): Response {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname.endsWith("/_ping")) return new Response("OK", { headers: { "api-version": "1.50", "ostype": "linux" } });
  if (pathname.endsWith("/auth")) return Response.json({ Status: "Login Succeeded", IdentityToken: "" });
  if (!pathname.endsWith("/images/create")) return Response.json({ message: `no ${pathname} here` }, { status: 404 });
  const header = request.headers.get("x-registry-auth") ?? "";
  const auth = header === "" ? {} : JSON.parse(new TextDecoder().decode(fromBase64Url(header)));
  pulls.push({ image: `${searchParams.get("fromImage")}`, ...auth });
  return Response.json({ status: "pulled" });
}

function fromBase64Url(text: string): Uint8Array {
  return Uint8Array.fromBase64(text.replace(/=+$/, ""), { alphabet: "base64url" });
}
