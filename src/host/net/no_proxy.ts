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
  const address = addressOf(bare);
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
  const network = addressOf(base);
  if (network === undefined || network.length !== address.length) return false;
  const length = size === undefined ? network.length : Number(size);
  return length <= network.length && network.slice(0, length) === address.slice(0, length);
}

/** The bits of an IP address as text of 0 and 1: 32 or 128 of them; undefined for a name. */
function addressOf(text: string): string | undefined {
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
