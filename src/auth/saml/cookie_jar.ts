interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  /** Whether hosts below the domain get it too. */
  readonly wide: boolean;
  readonly path: string;
  readonly secure: boolean;
}

/** More than any login sets. */
const MOST = 300;

/** The cookies of one login, in memory. https://www.rfc-editor.org/rfc/rfc6265 */
export class CookieJar {
  readonly #cookies = new Map<string, Cookie>();

  /** Remembers a Set-Cookie header of that address, or forgets the cookie; `now` in milliseconds. */
  store(header: string, { url, now }: { readonly url: URL; readonly now: number }): void {
    const [pair = "", ...rest] = header.split(";");
    const at = pair.indexOf("=");
    const name = pair.slice(0, at).trim();
    if (at < 1 || name === "") return;
    const attributes = attributesOf(rest);
    const domain = attributes.get("domain")?.replace(/^\./, "").toLowerCase();
    if (domain !== undefined && !isBelow(url.hostname, domain)) return;
    const cookie: Cookie = {
      name,
      value: pair.slice(at + 1).trim(),
      domain: domain ?? url.hostname,
      wide: domain !== undefined && !isAddress(domain),
      path: pathOf(attributes.get("path"), url),
      secure: attributes.has("secure"),
    };
    const key = `${cookie.domain} ${cookie.path} ${name}`;
    if (isOver(attributes, now) || this.#cookies.size >= MOST) this.#cookies.delete(key);
    else this.#cookies.set(key, cookie);
  }

  /** The Cookie header for an address; undefined when there is none. */
  header(url: URL): string | undefined {
    const fitting = [...this.#cookies.values()].filter((cookie) => fits(cookie, url));
    const ordered = fitting.toSorted((a, b) => b.path.length - a.path.length);
    return ordered.length === 0 ? undefined : ordered.map(({ name, value }) => `${name}=${value}`).join("; ");
  }
}

function attributesOf(parts: readonly string[]): ReadonlyMap<string, string> {
  return new Map(parts.map((part) => {
    const [name = "", ...value] = part.split("=");
    return [name.trim().toLowerCase(), value.join("=").trim()];
  }));
}

/** A cookie for a whole top-level domain would be everybody's. */
function isBelow(host: string, domain: string): boolean {
  if (host === domain) return true;
  return domain.includes(".") && !isAddress(host) && host.endsWith(`.${domain}`);
}

function isAddress(host: string): boolean {
  return /^[\d.]+$|^\[/.test(host);
}

function pathOf(given: string | undefined, { pathname }: URL): string {
  if (given?.startsWith("/")) return given;
  return pathname.slice(0, pathname.lastIndexOf("/")) || "/";
}

function isOver(attributes: ReadonlyMap<string, string>, now: number): boolean {
  const age = attributes.get("max-age");
  if (age !== undefined && /^-?\d+$/.test(age)) return Number(age) <= 0;
  return Date.parse(attributes.get("expires") ?? "") <= now;
}

/** Loopback is as good as TLS. */
function fits({ domain, wide, path, secure }: Cookie, url: URL): boolean {
  const host = url.hostname === domain || (wide && url.hostname.endsWith(`.${domain}`));
  const below = url.pathname === path || url.pathname.startsWith(path.endsWith("/") ? path : `${path}/`);
  return host && below && (!secure || url.protocol === "https:" || isAddress(url.hostname));
}
