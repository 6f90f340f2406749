import { recordPassingSecret, recordSecret } from "../../hidden_texts.ts";
import type { NetRequest } from "../host.ts";

const SECRET_HEADER = /auth|cookie|token|secret|password/i;
/** Of a signed request the signature is secret, and its key id and scope are not. */
const SIGNATURE = /^AWS4-.*Signature=(\w+)/;
const SECRET_PARAMETER = /signature|token|secret|password|assertion|^code$/i;

/**
 * Records the secrets of a request that only its headers and its query have, such as signatures and cookies, so that no
 * message repeats them where the answer does.
 */
export function recordSentSecrets({ url, headers }: Pick<NetRequest, "url" | "headers">): void {
  for (const [name, value] of Object.entries(headers)) {
    const signature = SIGNATURE.exec(value)?.[1];
    if (signature !== undefined) recordPassingSecret(signature);
    else if (SECRET_HEADER.test(name)) secretsIn(name, value).forEach(recordSecret);
  }
  for (const [name, value] of URL.parse(url)?.searchParams ?? []) {
    if (SECRET_PARAMETER.test(name)) recordSecret(value);
  }
}

/** Of cookies their values; else all but the scheme. */
function secretsIn(name: string, value: string): readonly string[] {
  if (/cookie/i.test(name)) return value.split(/;\s*/).map((cookie) => cookie.replace(/^[^=]*=/, ""));
  return [value.replace(/^(?:Bearer|Basic)\s+/i, "")];
}
