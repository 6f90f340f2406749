import { NetError, type NetErrorKind } from "./net_error.ts";

interface Sign {
  readonly pattern: RegExp;
  readonly kind: NetErrorKind;
  readonly says: string;
}

// The runtime has one TypeError for every failed fetch; only its text tells them apart. First match wins.
const SIGNS: readonly Sign[] = [
  { pattern: /dns error|failed to lookup address/i, kind: "dns", says: "the name does not resolve" },
  { pattern: /certificate|CaUsedAsEndEntity|UnknownIssuer/i, kind: "tls", says: "its TLS certificate is not trusted" },
  {
    pattern: /corrupt message|handshake|\btls\b|\bssl\b|AlertReceived|HandshakeFailure/i,
    kind: "tls",
    says: "TLS failed",
  },
  { pattern: /connection refused|actively refused/i, kind: "refused", says: "connection refused" },
  {
    pattern: /error reading a body|end of file before message|IncompleteBody/i,
    kind: "reset",
    says: "the answer broke off",
  },
  {
    pattern: /connection closed|connection reset|broken pipe|unexpected EOF|unexpected-eof|forcibly closed|ECONNRESET/i,
    kind: "reset",
    says: "the connection was cut",
  },
  { pattern: /timed out|timeout/i, kind: "timeout", says: "no connection in time" },
  { pattern: /unreachable/i, kind: "refused", says: "there is no route to it" },
];

/** What a rejected fetch means: `host` is host and port of the request. */
export function netErrorOf(error: unknown, host: string): NetError {
  if (error instanceof DOMException && error.name === "TimeoutError") {
    return new NetError("timeout", host, "no answer in time", { cause: error });
  }
  if (error instanceof DOMException && error.name === "AbortError") {
    return new NetError("aborted", host, "stopped by the caller", { cause: error });
  }
  if (error instanceof Deno.errors.NotCapable) {
    return new NetError("not-allowed", host, `this program may not connect to ${host}`, { cause: error });
  }
  return fromText(error, host);
}

function fromText(error: unknown, host: string): NetError {
  const text = lastSentence(textOf(error));
  const sign = SIGNS.find((candidate) => candidate.pattern.test(text));
  return sign
    ? new NetError(sign.kind, host, `${sign.says}${tlsDetail(text)}`, { cause: error })
    : new NetError("other", host, text, { cause: error });
}

function textOf(error: unknown): string {
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
