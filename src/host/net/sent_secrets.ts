import { recordSecret } from "../../hidden_texts.ts";
import type { NetRequest } from "../host.ts";

const SECRET_HEADER = /auth|cookie|token|secret|password/i;
const SECRET_PARAMETER = /signature|token|secret|password|assertion|^code$/i;

/**
 * Records the secrets of a request that only its headers and its query have, such as signatures and cookies, so that no
 * message repeats them where the answer does.
 */
export function recordSentSecrets({ url, headers }: Pick<NetRequest, "url" | "headers">): void {
  for (const [name, value] of Object.entries(headers)) {
    if (SECRET_HEADER.test(name)) secretsIn(name, value).forEach(recordSecret);
  }
  for (const [name, value] of URL.parse(url)?.searchParams ?? []) {
    if (SECRET_PARAMETER.test(name)) recordSecret(value);
  }
}

/** Of a signed request the signature, whose key id and scope are none; of cookies their values; else all but the scheme. */
function secretsIn(name: string, value: string): readonly string[] {
  const signature = /^AWS4-.*Signature=(\w+)/.exec(value)?.[1];
  if (signature !== undefined) return [signature];
  if (/cookie/i.test(name)) return value.split(/;\s*/).map((cookie) => cookie.replace(/^[^=]*=/, ""));
  return [value.replace(/^(?:Bearer|Basic)\s+/i, "")];
}
