export interface CanaryJob extends AsyncDisposable {
  readonly url: string;
  /** What GitHub sets for a job that may ask for a token. */
  readonly env: Readonly<Record<string, string>>;
}

/** GitHub's OIDC service, for one job; below /refused it says no, with the bearer token in its words. */
export function canaryJob({ token, bearer }: { readonly token: string; readonly bearer: string }): CanaryJob {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => {
    const refused = new URL(request.url).pathname === "/refused";
    if (refused) return new Response(`no token for ${bearer}`, { status: 403 });
    const known = request.headers.get("authorization") === `Bearer ${bearer}`;
    return known ? Response.json({ value: token }) : new Response("who?", { status: 401 });
  });
  const url = `http://127.0.0.1:${server.addr.port}`;
  return {
    url,
    env: { ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/token`, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer },
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
