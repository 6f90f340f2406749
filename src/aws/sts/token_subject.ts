import type { Secret } from "../../secret.ts";
import { claimOf } from "./token_claim.ts";

/** Whom a JWT is about (its `sub`), for an error message: trust policies are written against it. */
export function subjectOf(token: Secret): string {
  return claimOf(token, "sub") ?? "the token's subject";
}
