import { howToAllow } from "../process/allowed.ts";
import { NetError, type NetErrorKind } from "./net_error.ts";
import type { Proxy } from "./proxy.ts";

interface Sign {
  readonly pattern: RegExp;
  readonly kind: NetErrorKind;
  readonly says: string;
  readonly remedy?: string;
}

// The runtime has one TypeError for every failed fetch; only its text tells them apart. First match wins.
const SIGNS: readonly Sign[] = [
  { pattern: /Requires net access|getaddrinfo EPERM/, kind: "not-allowed", says: "" },
  {
    pattern: /requests to port \d+ are blocked/i,
    kind: "other",
    says: "it is one of the ports that web clients never connect to",
    remedy: "Use another port",
  },
  { pattern: /proxy authentication required/i, kind: "other", says: "it asks for a user and a password" },
  { pattern: /unsuccessful tunnel/i, kind: "other", says: "it will not connect to the host" },
  { pattern: /proxy server unreachable/i, kind: "refused", says: "it cannot be reached" },
  {
    pattern: /dns error|failed to lookup address|ENOTFOUND|EAI_AGAIN/i,
    kind: "dns",
    says: "the name does not resolve",
  },
  { pattern: /certificate|CaUsedAsEndEntity|UnknownIssuer/i, kind: "tls", says: "its TLS certificate is not trusted" },
  {
    pattern: /corrupt message|handshake|\btls\b|\bssl\b|AlertReceived|HandshakeFailure/i,
    kind: "tls",
    says: "TLS failed",
  },
  { pattern: /connection refused|actively refused|ECONNREFUSED/i, kind: "refused", says: "connection refused" },
  {
    pattern: /error reading a body|end of file before message|IncompleteBody/i,
    kind: "reset",
    says: "the response was cut off",
  },
  {
    pattern: /connection closed|connection reset|broken pipe|unexpected EOF|unexpected-eof|forcibly closed|ECONNRESET/i,
    kind: "reset",
    says: "the connection was cut",
  },
  { pattern: /timed out|timeout/i, kind: "timeout", says: "no connection in time" },
  { pattern: /unreachable/i, kind: "refused", says: "there is no route to it" },
];

/** A request, as far as its failure is concerned. */
interface FailedRequest {
  /** Host and port of the URL. */
  readonly host: string;
  readonly proxy?: Proxy;
}

/** What a rejected fetch means. */
export function toNetError(error: unknown, request: FailedRequest): NetError {
  const { host, proxy } = request;
  if (error instanceof NetError) return error;
  if (error instanceof DOMException && error.name === "AbortError") {
    return new NetError("aborted", host, "stopped by the caller", { cause: error });
  }
  const { kind, says, remedy } = findSign(error);
  if (kind === "not-allowed") return makeNotAllowed(refusedHost(error) ?? host, { cause: error, request });
  return new NetError(kind, host, says, {
    cause: error,
    ...(remedy === undefined ? {} : { remedy }),
    ...(proxy === undefined || kind === "tls" ? {} : { proxy }),
  });
}

/** The program lacks the permission to connect to the host: that of a request, or a SOCKS proxy, which needs one too. */
export function makeNotAllowed(
  host: string,
  why: { readonly cause?: unknown; readonly request?: FailedRequest } = {},
): NetError {
  const { cause, request } = why;
  const variable = request !== undefined && request.host !== host ? request.proxy?.variable : undefined;
  const what = variable === undefined ? host : `${host}, the proxy of ${variable}`;
  const remedy = howToAllow(host, { compiled: Deno.build.standalone });
  return new NetError("not-allowed", host, `this program may not connect to ${what}`, { cause, remedy });
}

function refusedHost(error: unknown): string | undefined {
  return /Requires net access to "([^"]+)"/.exec(getText(error))?.[1];
}

function findSign(error: unknown): Omit<Sign, "pattern"> {
  if (error instanceof DOMException && error.name === "TimeoutError") {
    return { kind: "timeout", says: "no response in time" };
  }
  if (error instanceof Deno.errors.NotCapable) return { kind: "not-allowed", says: "" };
  const text = lastSentence(getText(error));
  const sign = SIGNS.find((candidate) => candidate.pattern.test(text));
  return sign ? { ...sign, says: `${sign.says}${tlsDetail(text)}` } : { kind: "other", says: text };
}

function getText(error: unknown): string {
  const parts: string[] = [];
  for (let at = error; at instanceof Error && parts.length < 5; at = at.cause) parts.push(at.message);
  return parts.length === 0 ? String(error) : parts.join(": ");
}

function tlsDetail(text: string): string {
  const found = /invalid peer certificate: ([^;]+)/.exec(text)?.[1]?.trim();
  return found === undefined || found.startsWith("Other(") ? "" : ` (${found})`;
}

// The text before the last "): " repeats the whole URL, whose query may hold a signature.
function lastSentence(text: string): string {
  return text.slice(text.lastIndexOf("): ") + 1).replace(/^: /, "").trim() || "the request failed";
}
