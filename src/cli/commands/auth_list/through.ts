import type { Via } from "../../../auth/kinds/via.ts";

/** "provider company-sso", "identity dev-admin": what an entry is reached through; undefined for one that is reached by itself. */
export function through(via: Via | undefined): string | undefined {
  if (via?.identity !== undefined) return `identity ${via.identity}`;
  return via?.provider === undefined ? undefined : `provider ${via.provider}`;
}
