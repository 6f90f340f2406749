import { Cookie, CookieJar as ToughJar, getPublicSuffix } from "tough-cookie";

/** More than any login sets. */
const MOST = 300;
/** The last moment that a date can name, for cookies that do not expire. */
const NEVER = 8.64e15;

/** The cookies of one login, in memory: as in a browser, none for a public suffix such as co.uk or github.io. */
export class CookieJar {
  readonly #jar = new ToughJar();
  readonly #stored = new Set<string>();

  /** Stores the cookie of a Set-Cookie header from that URL, or removes it; `now` in milliseconds. */
  store(header: string, { url, now }: { readonly url: URL; readonly now: number }): void {
    const cookie = Cookie.parse(header);
    if (cookie === undefined || this.#stored.size >= MOST) return;
    cookie.domain = cookieDomain(cookie, url);
    cookie.expires = expiryTime(cookie, now);
    const stored = this.#jar.setCookieSync(cookie, url.href, { ignoreError: true });
    if (stored !== undefined) this.#stored.add(`${stored.domain} ${stored.path} ${stored.key}`);
  }

  /** The Cookie header for a URL; undefined when there is no cookie for it. */
  header({ url, now }: { readonly url: URL; readonly now: number }): string | undefined {
    const cookies = this.#jar.getCookiesSync(url.href, { expire: false, sort: true });
    const valid = cookies.filter(({ expires }) => expires instanceof Date && expires.getTime() > now);
    return valid.length === 0 ? undefined : valid.map((cookie) => cookie.cookieString()).join("; ");
  }
}

/**
 * The domain in the spelling of URLs; null for the host alone, as for a host that is itself a public suffix and names
 * itself (RFC 6265, 5.3).
 */
function cookieDomain(cookie: Cookie, { hostname }: URL): string | null {
  const domain = cookie.cdomain() ?? null;
  if (domain !== hostname) return domain;
  const registrable = getPublicSuffix(domain, { allowSpecialUseDomain: true, ignoreError: true });
  return registrable === undefined ? null : domain;
}

/** By our clock: the package would count from the last use, and by the system's. */
function expiryTime(cookie: Cookie, now: number): Date {
  return new Date(Math.min(Math.max(0, cookie.expiryTime(new Date(now)) ?? NEVER), NEVER));
}
