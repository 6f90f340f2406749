import type { Needs } from "../../host/host.ts";
import { Secret } from "../../secret.ts";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256" } as const;
const IDENTIFIER_BYTES = 16;

/** Returns a new key to prove requests with: base64 of its PKCS#8, as the Go atmos keeps it. */
export async function makeProofKey(): Promise<Secret> {
  const { privateKey } = await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  return new Secret(new Uint8Array(await crypto.subtle.exportKey("pkcs8", privateKey)).toBase64());
}

/**
 * Returns the proof that a POST to that address comes from who has the key; undefined where the key is none. A refresh
 * token is bound to the key that it was got with. https://datatracker.ietf.org/doc/html/rfc9449#section-4
 */
export async function provePost(
  host: Needs<"clock" | "random">,
  { key, url }: { readonly key: Secret; readonly url: string },
): Promise<string | undefined> {
  const privateKey = await importKey(key);
  if (privateKey === undefined) return undefined;
  const { x, y } = await crypto.subtle.exportKey("jwk", privateKey);
  const header = { typ: "dpop+jwt", alg: "ES256", jwk: { kty: "EC", crv: "P-256", x, y } };
  const jti = base64Url(host.random.bytes(IDENTIFIER_BYTES));
  const claims = { jti, htm: "POST", htu: url, iat: Math.floor(host.clock.now() / 1000) };
  const text = [header, claims].map((one) => base64Url(new TextEncoder().encode(JSON.stringify(one)))).join(".");
  const signing = { name: "ECDSA", hash: "SHA-256" };
  const signature = await crypto.subtle.sign(signing, privateKey, new TextEncoder().encode(text));
  return `${text}.${base64Url(new Uint8Array(signature))}`;
}

async function importKey(key: Secret): Promise<CryptoKey | undefined> {
  try {
    const bytes = Uint8Array.fromBase64(key.reveal());
    return await crypto.subtle.importKey("pkcs8", bytes, ALGORITHM, true, ["sign"]);
  } catch {
    return undefined;
  }
}

function base64Url(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}
