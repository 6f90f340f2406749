import { samlBase64, type SamlDocument } from "./document.ts";

/** Nobody may ever see these in anything that the program writes. */
export const USER = { name: "ada@example.com", password: "canary-password-Zq9&=+", code: "927364" } as const;

export interface IdpRequest {
  readonly method: string;
  readonly path: string;
  readonly body: URLSearchParams;
}

export interface IdpOptions {
  readonly document?: SamlDocument;
  /** Where its last form leads; AWS's page when absent. */
  readonly consumer?: string;
}

/** An identity provider on 127.0.0.1 with the login pages of several makes. */
export interface SamlIdp extends AsyncDisposable {
  readonly url: string;
  readonly requests: readonly IdpRequest[];
}

/** One request and what the visitor's cookies say of it. */
export interface Visit {
  readonly url: URL;
  readonly method: string;
  readonly body: URLSearchParams;
  readonly cookies: ReadonlyMap<string, string>;
  /** The page with the SAML response. */
  response(): Response;
}

export type IdpPage = (visit: Visit) => Response | undefined;

const AWS = "https://signin.aws.amazon.com/saml";

/** Starts it with the given pages; the first that answers counts. Permission net (127.0.0.1). */
export function startIdp(pages: readonly IdpPage[], options: IdpOptions = {}): SamlIdp {
  const requests: IdpRequest[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    const url = new URL(request.url);
    const body = new URLSearchParams(await request.text());
    requests.push({ method: request.method, path: url.pathname, body });
    const pairs = (request.headers.get("cookie") ?? "").split("; ").map((pair) => pair.split("=") as [string, string]);
    const response = () => html(responsePage(options));
    const visit: Visit = { url, method: request.method, body, cookies: new Map(pairs), response };
    for (const page of pages) {
      const answer = page(visit);
      if (answer !== undefined) return answer;
    }
    return new Response("<title>Not here</title><p>There is no such page.", { status: 404 });
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    requests,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

function responsePage({ document, consumer = AWS }: IdpOptions): string {
  return `<html><head><title>Working...</title></head><body onload="document.forms[0].submit()">
<form method="post" action="${consumer}"><input type="hidden" name="SAMLResponse" value="${samlBase64(document)}">
<input type="hidden" name="RelayState" value=""><noscript><input type="submit" value="Continue"></noscript></form>`;
}

export function html(text: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(text, { headers: { "content-type": "text/html; charset=utf-8", ...headers } });
}

export function redirect(to: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ location: to });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(null, { status: 302, headers });
}

export function isRight(body: URLSearchParams, [user, password]: readonly [user: string, password: string]): boolean {
  return body.get(user) === USER.name && body.get(password) === USER.password;
}
