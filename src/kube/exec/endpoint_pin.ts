import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

export interface ServerFacts {
  /** https URL of the API server. */
  readonly endpoint: string;
  /** PEM certificates, base64. */
  readonly certificateAuthorityData: string;
}

/** Flags of `atmos aws eks token` that tell it which server its tokens are for: {@link checkServer} compares. */
export function serverMark({ endpoint, certificateAuthorityData }: ServerFacts): readonly string[] {
  const authority = Uint8Array.from(atob(certificateAuthorityData), (character) => character.charCodeAt(0));
  return ["--endpoint", endpoint, "--endpoint-ca", bytesToHex(sha256(authority))];
}
