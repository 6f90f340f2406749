/** The proxy that the environment, or a request itself, sets for a request. */
export interface Proxy {
  /** What names it: a variable, e.g. "HTTPS_PROXY", or the setting of the program that made the request. */
  readonly variable: string;
  /** Scheme, host and port; never the user or the password. */
  readonly address: string;
  /** Why it cannot be used. The runtime would pass such a one over without a word. */
  readonly fault?: string;
}

type Lookup = (name: string) => string | undefined;

const SCHEMES = "http, https, socks5 and socks5h";
const SHAPE =
  /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:([^@/]*)@)?(\[[0-9a-f:.]+\]|[\w.~%!$&'()*+,;=-]+)(?::(\d{1,5}))?(?:[/?#].*)?$/i;

/** How a request gets to its host. */
export type Route =
  | { readonly kind: "proxy"; readonly proxy: Proxy }
  /** Straight, as the runtime goes by itself. */
  | { readonly kind: "straight" }
  /** Straight, where the runtime would take a proxy. */
  | { readonly kind: "around-proxy" };

/**
 * The route of a request. The proxy is the one that the runtime takes: ALL_PROXY, then that of the URL's scheme; none
 * for a host that NO_PROXY has, also in forms that the runtime does not know, nor for one that {@link isNextTo} accepts.
 */
export function findRoute(url: URL, lookup: Lookup): Route {
  const noProxy = lookup("NO_PROXY") ?? lookup("no_proxy") ?? "";
  const variable = variables(url, lookup).find((name) => lookup(name));
  if (variable === undefined || isListedForRuntime(url.hostname, noProxy)) return { kind: "straight" };
  if (isNextTo(url) || isListedElsewhere(url, noProxy)) return { kind: "around-proxy" };
  return { kind: "proxy", proxy: parseProxy(variable, lookup(variable)!) };
}

/** Of this machine, and of the link that it is at, with EC2's own addresses: metadata and the credentials of a role. */
const NEXT_TO = ["127.0.0.0/8", "::1/128", "169.254.0.0/16", "fe80::/10", "fd00:ec2::/32"];

/**
 * Whether a request without TLS is to this machine or its metadata: a proxy would read it, and would answer for its own
 * machine, such as with the credentials of its own role.
 */
function isNextTo({ protocol, hostname }: URL): boolean {
  if (protocol !== "http:") return false;
  return /^(?:.+\.)?localhost$/.test(hostname) || isListedForRuntime(hostname, NEXT_TO.join(","));
}

/** The route of a request that names its proxy itself, as the `proxy-url` of a kubeconfig does. */
export function namedRoute(url: string): Route {
  return { kind: "proxy", proxy: parseProxy("proxy-url", url) };
}

/** In a CGI program HTTP_PROXY is what a request's header says, so the runtime does not hear it there. */
function variables(url: URL, lookup: Lookup): readonly string[] {
  const all = ["ALL_PROXY", "all_proxy"];
  if (url.protocol === "https:") return [...all, "HTTPS_PROXY", "https_proxy"];
  return lookup("REQUEST_METHOD") === undefined ? [...all, "HTTP_PROXY", "http_proxy"] : all;
}

function parseProxy(variable: string, value: string): Proxy {
  const found = SHAPE.exec(value);
  if (found === null || Number(found[4] ?? 0) > 65_535) {
    return { variable, address: withoutUser(value), fault: "it is not the URL of a proxy" };
  }
  const [, scheme = "http", user, host, port] = found;
  const address = `${scheme.toLowerCase()}://${host}${port === undefined ? "" : `:${port}`}`;
  if (!/^(https?|socks5h?)$/i.test(scheme)) {
    return { variable, address, fault: `${scheme} proxies are not supported, only ${SCHEMES}` };
  }
  if (user === undefined || user.includes(":")) return { variable, address };
  return { variable, address, fault: "it has a user without a password: write user:password@" };
}

/** What of a value that is no URL may be shown: nothing before an "@", nothing after a ":" that is no port. */
function withoutUser(value: string): string {
  return value.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/i, "$1").replace(/^([^[]*?):(?!\/\/|\d+\/?$).*$/, "$1:…");
}

/** The ports of URLs that name none. */
export const DEFAULT_PORTS: Readonly<Record<string, string>> = { "https:": "443", "http:": "80" };

/**
 * Whether NO_PROXY lists the host of a URL in a form that other programs know and the runtime does not: by the rules of
 * the package proxy-from-env. Entries are separated by commas or spaces, in any case, and may end with a port; behind a
 * leading dot or star, the end of the host counts, else all of it.
 */
export function isListedElsewhere({ hostname, port, protocol }: URL, noProxy: string): boolean {
  const wantedPort = Number(port || DEFAULT_PORTS[protocol]);
  return noProxy.toLowerCase().split(/[,\s]+/).filter(Boolean).some((entry) => {
    const [, host = entry, only] = /^(.+):(\d+)$/.exec(entry) ?? [];
    if (Number(only ?? 0) > 0 && Number(only) !== wantedPort) return false;
    return /^[.*]/.test(host) ? hostname.endsWith(host.replace(/^\*/, "")) : hostname === host;
  });
}

/**
 * Whether the runtime keeps a host (as a URL spells it) from the proxy by NO_PROXY: addresses, networks such as
 * 10.0.0.0/8, names with all that is below them; "*" is every name.
 */
export function isListedForRuntime(host: string, noProxy: string): boolean {
  const bare = host.replace(/^\[|\]$/g, "");
  const address = parseAddress(bare);
  const entries = noProxy.split(",").map((entry) => entry.trim());
  return entries.some((entry) => address === undefined ? coversName(entry, bare) : coversAddress(entry, address));
}

function coversName(entry: string, name: string): boolean {
  if (entry === "*") return true;
  const domain = entry.replace(/^\./, "");
  return domain !== "" && (name === domain || name.endsWith(`.${domain}`));
}

function coversAddress(entry: string, address: string): boolean {
  const [base = "", size] = entry.split("/");
  const network = parseAddress(base);
  if (network === undefined || network.length !== address.length) return false;
  const length = size === undefined ? network.length : Number(size);
  return length <= network.length && network.slice(0, length) === address.slice(0, length);
}

/** The bits of an IP address as text of 0 and 1: 32 or 128 of them; undefined for a name. */
function parseAddress(text: string): string | undefined {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return text.split(".").map((part) => bits(Number(part), 8)).join("");
  const url = text.includes(":") ? URL.parse(`http://[${text}]/`) : null;
  if (url === null) return undefined;
  const [front = "", back] = url.hostname.slice(1, -1).split("::").map((part) => part.split(":").filter(Boolean));
  const groups = [...front];
  if (back !== undefined) groups.push(...Array(8 - front.length - back.length).fill("0"), ...back);
  return groups.map((group) => bits(parseInt(group, 16), 16)).join("");
}

function bits(value: number, width: number): string {
  return value.toString(2).padStart(width, "0");
}
