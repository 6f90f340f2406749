import { networkFailure } from "../../aws/errors/network_failure.ts";
import { AppError } from "../../errors.ts";
import { lenientUtf8 } from "../../formats/text/utf8.ts";
import type { Needs, NetResponse } from "../../host/host.ts";
import { NetError } from "../../host/net/net_error.ts";
import { isAwsSignIn } from "./aws_endpoint.ts";
import { CookieJar } from "./cookie_jar.ts";

/** A page that was loaded, after all redirects. */
export interface LoadedPage {
  readonly url: URL;
  readonly status: number;
  readonly html: string;
}

export interface PageRequest {
  readonly url: URL;
  readonly method: "GET" | "POST";
  /** As browsers encode forms. */
  readonly body?: string;
}

const MOST_REDIRECTS = 20;
const MOST_BYTES = 4 * 2 ** 20;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** What loads the pages of one login: redirects and cookies as in a browser, no scripts. */
export class UserAgent {
  readonly #host: Needs<"net" | "clock">;
  readonly #caCerts: readonly string[] | undefined;
  readonly #jar = new CookieJar();
  /** A page came over TLS: none of the next ones may lead out of it. */
  #isSecure = false;

  constructor(host: Needs<"net" | "clock">, { caCerts }: { readonly caCerts?: readonly string[] | undefined }) {
    this.#host = host;
    this.#caCerts = caCerts;
  }

  /**
   * Loads a page. AppError "login-denied" for a way that is not safe to go, "unreachable", "timeout" and
   * "host-not-allowed" as for every request.
   */
  async load(first: PageRequest): Promise<LoadedPage> {
    let request = first;
    for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
      this.#refuseUnsafe(request.url);
      const answer = await this.#exchange(request);
      const next = followRedirect(request, answer);
      if (next === undefined) return decodePage(request.url, answer);
      request = next;
    }
    throw makeRefusal(request.url, "it redirects without an end");
  }

  /** The provider's own url may be on this machine without TLS, with all that follows: a provider under test. */
  #refuseUnsafe(url: URL): void {
    const isLocal = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
    if (url.protocol !== "https:" && (this.#isSecure || url.protocol !== "http:" || !isLocal)) {
      throw makeRefusal(url, "its way leads through an address without https");
    }
    if (isAwsSignIn(url)) throw makeRefusal(url, "the identity provider leads to AWS without a SAML response");
    this.#isSecure ||= url.protocol === "https:";
  }

  async #exchange({ url, method, body }: PageRequest): Promise<NetResponse> {
    const cookie = this.#jar.header({ url, now: this.#host.clock.now() });
    const headers = {
      "accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
      "accept-language": "en",
      "user-agent": "Mozilla/5.0 (compatible; atmos)",
      ...(cookie === undefined ? {} : { cookie }),
      ...(body === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }),
    };
    const certs = this.#caCerts === undefined ? {} : { caCerts: this.#caCerts };
    const sent = { url: withoutHash(url), method, headers, ...certs, ...(body === undefined ? {} : { body }) };
    const answer = await this.#host.net.fetch(sent).catch((error) => {
      throw error instanceof NetError ? networkFailure({ doing: `log in at "${showUrl(url)}"` }, error) : error;
    });
    const now = this.#host.clock.now();
    for (const header of answer.cookies ?? []) this.#jar.store(header, { url, now });
    return answer;
  }
}

/** The address without what may be secret in it. */
function showUrl({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

export function makeRefusal(url: URL, found: string): AppError {
  return new AppError("login-denied", `Cannot log in at "${showUrl(url)}": ${found}`, {
    hint: "Check the provider's url, or log in with a browser (driver: browser)",
  });
}

function followRedirect({ url, method, body }: PageRequest, { status, headers }: NetResponse): PageRequest | undefined {
  const location = headers["location"];
  if (!REDIRECTS.has(status) || location === undefined) return undefined;
  const next = URL.parse(location, url);
  if (next === null) throw makeRefusal(url, "it redirects to no address");
  if (status < 303 && method === "GET" || status <= 303) return { url: next, method: "GET" };
  // What was filled in was for the place that asked for it.
  if (body !== undefined && next.origin !== url.origin) {
    throw makeRefusal(url, `it would hand the form on to ${next.origin}`);
  }
  return { url: next, method, ...(body === undefined ? {} : { body }) };
}

function decodePage(url: URL, { status, body }: NetResponse): LoadedPage {
  if (body.length > MOST_BYTES) throw makeRefusal(url, `its page is longer than ${MOST_BYTES / 2 ** 20} MiB`);
  if (status >= 500) {
    throw new AppError("unreachable", `Cannot log in at "${showUrl(url)}": it answers with status ${status}`, {
      hint: "Try again later, or ask the administrator of the identity provider",
    });
  }
  return { url, status, html: lenientUtf8(body) };
}

function withoutHash(url: URL): string {
  const copy = new URL(url);
  copy.hash = "";
  return copy.href;
}
