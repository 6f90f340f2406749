import { errorAnswer, type StandinAnswer } from "./answer.ts";
import type { StandinKey } from "./keys.ts";
import type { Operation } from "./operation.ts";

/** Who called, or why the call is refused. */
export interface SignatureCheck {
  readonly principal: string;
  readonly refusal?: StandinAnswer;
}

interface Parts {
  readonly keyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signed: readonly string[];
  readonly signature: string;
}

const TOLERATED_MS = 5 * 60_000;
const SHAPE =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

/**
 * Recomputes the signature from the secret that belongs to the key, as AWS does.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export async function checkSignature(
  operation: Operation,
  world: { readonly keys: ReadonlyMap<string, StandinKey>; readonly now: number },
): Promise<SignatureCheck> {
  const refused = (status: number, code: string, message: string): SignatureCheck => ({
    principal: "anonymous",
    refusal: errorAnswer({ status, code: inDialect(operation, code), message, service: operation.service }),
  });
  const parts = partsOf(operation.headers["authorization"] ?? "");
  if (parts === undefined) return refused(403, "MissingAuthenticationToken", "Request is missing Authentication Token");
  const key = world.keys.get(parts.keyId);
  const token = operation.headers["x-amz-security-token"];
  if (key === undefined || token !== key.sessionToken) {
    return refused(403, "UnrecognizedClientException", "The security token included in the request is invalid.");
  }
  const fault = faultOf(operation, { parts, now: world.now });
  if (fault !== undefined) return refused(403, "InvalidSignatureException", fault);
  if (await signatureOf(operation, { parts, key }) !== parts.signature) {
    return refused(
      403,
      "InvalidSignatureException",
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.",
    );
  }
  if (key.expired) {
    return refused(403, "ExpiredTokenException", "The security token included in the request is expired");
  }
  return { principal: key.principal };
}

/** STS has names of its own for the same refusals. */
function inDialect(operation: Operation, code: string): string {
  const names: Record<string, string> = {
    UnrecognizedClientException: "InvalidClientTokenId",
    InvalidSignatureException: "SignatureDoesNotMatch",
    ExpiredTokenException: "ExpiredToken",
  };
  return operation.service === "sts" ? names[code] ?? code : code;
}

function partsOf(authorization: string): Parts | undefined {
  const found = SHAPE.exec(authorization);
  if (found === null) return undefined;
  const [, keyId, date, region, service, signed, signature] = found;
  return {
    keyId: keyId!,
    date: date!,
    region: region!,
    service: service!,
    signed: signed!.split(";"),
    signature: signature!,
  };
}

/** What is wrong before the signature is even looked at. */
function faultOf(operation: Operation, input: { readonly parts: Parts; readonly now: number }): string | undefined {
  const { parts, now } = input;
  const stamp = operation.headers["x-amz-date"] ?? "";
  if (!parts.signed.includes("host")) return "'Host' must be a 'SignedHeader' in the AWS Authorization.";
  const missing = Object.keys(operation.headers).find((one) =>
    one.startsWith("x-amz-") && one !== "x-amz-user-agent" && !parts.signed.includes(one)
  );
  if (missing !== undefined) return `'${missing}' must be a 'SignedHeader' in the AWS Authorization.`;
  if (parts.service !== operation.service) {
    return `Credential should be scoped to correct service: '${operation.service}'.`;
  }
  if (!stamp.startsWith(parts.date)) {
    return "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date.";
  }
  const sent = Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  if (Number.isNaN(sent)) return "Date must be in ISO-8601 'basic format'.";
  if (sent < now - TOLERATED_MS) {
    return `Signature expired: ${stamp} is now earlier than ${basic(now - TOLERATED_MS)} (${basic(now)} - 5 min.)`;
  }
  if (sent > now + TOLERATED_MS) {
    return `Signature not yet current: ${stamp} is still later than ${basic(now + TOLERATED_MS)} (${
      basic(now)
    } + 5 min.)`;
  }
  return undefined;
}

function basic(ms: number): string {
  return new Date(ms).toISOString().replaceAll(/[-:]|\.\d{3}/g, "");
}

async function signatureOf(
  operation: Operation,
  input: { readonly parts: Parts; readonly key: StandinKey },
): Promise<string> {
  const { parts, key } = input;
  const scope = `${parts.date}/${parts.region}/${parts.service}/aws4_request`;
  const stamp = operation.headers["x-amz-date"] ?? "";
  const text = `AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${hex(await sha256(await canonical(operation, parts.signed)))}`;
  let signing = bytes(`AWS4${key.secretAccessKey}`);
  for (const word of scope.split("/")) signing = await hmac(signing, word);
  return hex(await hmac(signing, text));
}

async function canonical(operation: Operation, signed: readonly string[]): Promise<string> {
  const headers = signed.map((name) => `${name}:${(operation.headers[name] ?? "").trim().replaceAll(/\s+/g, " ")}\n`);
  // Every service but S3 escapes the path a second time.
  const path = operation.path.split("/").map(escaped).join("/");
  const query = operation.query === "" ? [] : operation.query.split("&").map(canonicalPair).toSorted();
  const payload = hex(await sha256(operation.body));
  return [operation.method, path, query.join("&"), headers.join(""), signed.join(";"), payload].join("\n");
}

function canonicalPair(pair: string): string {
  const [key = "", value = ""] = pair.split("=").map((part) => escaped(decodeURIComponent(part.replaceAll("+", " "))));
  return `${key}=${value}`;
}

function escaped(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

async function sha256(data: string | Uint8Array): Promise<Uint8Array> {
  const input = typeof data === "string" ? bytes(data) : new Uint8Array(data);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", input));
}

async function hmac(key: Uint8Array<ArrayBuffer>, text: string): Promise<Uint8Array<ArrayBuffer>> {
  const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, bytes(text)));
}

function hex(data: Uint8Array): string {
  return [...data].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
