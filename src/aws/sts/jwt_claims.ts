import type { Secret } from "../../secret.ts";

const SHOWN = 200;

/**
 * A claim of a JWT that may be shown, quoted; of several values all. Not verified: AWS does that. undefined when the
 * token has none.
 */
export function readClaim(token: Secret, name: "sub" | "aud"): string | undefined {
  const payload = token.reveal().split(".")[1] ?? "";
  try {
    const bytes = Uint8Array.fromBase64(payload, { alphabet: "base64url" });
    const claims = JSON.parse(new TextDecoder().decode(bytes)) as Readonly<Record<string, unknown>>;
    const values = [claims[name]].flat().filter((value) => typeof value === "string" && value !== "");
    const shown = values.map((value) => JSON.stringify((value as string).slice(0, SHOWN))).join(", ");
    return shown === "" ? undefined : shown;
  } catch {
    return undefined;
  }
}

/** Whom a JWT is about (its `sub`), for an error message: trust policies are written against it. */
export function describeSubject(token: Secret): string {
  return readClaim(token, "sub") ?? "the token's subject";
}
