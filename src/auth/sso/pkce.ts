import type { Needs } from "../../host/host.ts";
import { Secret } from "../../secret.ts";

/** What shows that whoever redeems a code is who asked for it. */
interface CodeProof {
  /** 43 characters: 256 random bits. */
  readonly verifier: Secret;
  /** Its SHA-256, for everybody to see. */
  readonly challenge: string;
}

const BYTES = 32;

/** A fresh one. https://datatracker.ietf.org/doc/html/rfc7636#section-4 */
export async function makeCodeChallenge(host: Needs<"random">): Promise<CodeProof> {
  const verifier = randomText(host);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier.reveal()));
  return { verifier, challenge: base64Url(new Uint8Array(digest)) };
}

/** 43 characters that no one can guess. */
export function randomText(host: Needs<"random">, options: { readonly isShown?: boolean } = {}): Secret {
  return new Secret(base64Url(host.random.bytes(BYTES)), options);
}

function base64Url(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}
