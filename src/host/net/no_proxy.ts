/**
 * Whether NO_PROXY keeps a host (as a URL spells it) from the proxy, by the runtime's rules: addresses, networks such
 * as 10.0.0.0/8, names with all that is below them; "*" is every name.
 */
export function bypassesProxy(host: string, noProxy: string): boolean {
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
