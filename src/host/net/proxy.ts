import { isListedElsewhere, isListedForRuntime } from "./no_proxy.ts";

/** The proxy that the environment sets for a request. */
export interface Proxy {
  /** The variable that names it, e.g. "HTTPS_PROXY". */
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
  /** Straight, where the runtime would take a proxy: NO_PROXY has the host in a form that it does not know. */
  | { readonly kind: "around-proxy" };

/**
 * The route of a request. The proxy is the one that the runtime takes: ALL_PROXY, then that of the URL's scheme; none
 * for a host that NO_PROXY has.
 */
export function findRoute(url: URL, lookup: Lookup): Route {
  const noProxy = lookup("NO_PROXY") ?? lookup("no_proxy") ?? "";
  const variable = variables(url, lookup).find((name) => lookup(name));
  if (variable === undefined || isListedForRuntime(url.hostname, noProxy)) return { kind: "straight" };
  if (isListedElsewhere(url, noProxy)) return { kind: "around-proxy" };
  return { kind: "proxy", proxy: parseProxy(variable, lookup(variable)!) };
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
