import type { Secret } from "../secret.ts";

const UNKNOWN = "the token's subject";
const SHOWN = 200;

/**
 * Whom a JWT is about (its `sub`), for an error message: trust policies are written against it. Not verified: AWS
 * does that. Nothing else of the token comes out.
 */
export function subjectOf(token: Secret): string {
  const payload = token.reveal().split(".")[1] ?? "";
  try {
    const bytes = Uint8Array.fromBase64(payload, { alphabet: "base64url" });
    const { sub } = JSON.parse(new TextDecoder().decode(bytes)) as { readonly sub?: unknown };
    return typeof sub === "string" && sub !== "" ? JSON.stringify(sub.slice(0, SHOWN)) : UNKNOWN;
  } catch {
    return UNKNOWN;
  }
}
