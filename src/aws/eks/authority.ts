import { lenientUtf8 } from "../../formats/text/utf8.ts";

/** https://datatracker.ietf.org/doc/html/rfc7468#section-2 */
const BLOCK = /-----BEGIN ([A-Z0-9 ]{1,64})-----([A-Za-z0-9+/=\s]+)-----END \1-----/g;
const BOUNDARY = /-----(?:BEGIN|END) /g;

/** moto's, which has no certificates: letters and digits at random, in the length of one. */
const EMULATED = /^[A-Za-z0-9]{1400}$/;

interface AuthorityOptions {
  /** Whether another place than AWS answers, which the user has named. */
  readonly isElsewhere: boolean;
}

/** Returns whether the base64 text is of certificates in PEM, and of nothing else that PEM has. */
export function isAuthority(data: string, { isElsewhere }: AuthorityOptions): boolean {
  if (isElsewhere && EMULATED.test(data)) return true;
  const text = lenientUtf8(Uint8Array.fromBase64(data));
  const blocks = [...text.matchAll(BLOCK)];
  if (blocks.length === 0 || (text.match(BOUNDARY) ?? []).length !== 2 * blocks.length) return false;
  return blocks.every(([, label, body = ""]) => label === "CERTIFICATE" && isSequence(body));
}

/** Whether it is one ASN.1 sequence from its first byte to its last, as a certificate in DER is. */
function isSequence(base64: string): boolean {
  const bytes = decode(base64);
  if (bytes === undefined || bytes[0] !== 0x30) return false;
  const [, first = 0] = bytes;
  const count = first < 0x80 ? 0 : first & 0x7f;
  const length = count === 0 ? first : bytes.slice(2, 2 + count).reduce((sum, byte) => sum * 256 + byte, 0);
  return length > 0 && bytes.length === 2 + count + length;
}

function decode(base64: string): Uint8Array | undefined {
  try {
    return Uint8Array.fromBase64(base64);
  } catch {
    return undefined;
  }
}
