import { AppError } from "../../errors.ts";
import { sha256Hex } from "../../formats/text/sha256_hex.ts";
import type { ExecCluster } from "./exec_protocol.ts";
import { NO_ENDPOINT_CHECK, remedy, WRITE_ENTRY } from "../../remedy.ts";

/** The server that a plugin makes tokens for. */
export interface EndpointPin {
  /** `--endpoint`: the server's URL when the entry was written. */
  readonly endpoint: string;
  /** `--endpoint-ca`: SHA-256 of its certificate authority, in hex. */
  readonly authority: string;
}

/** Flags that pin the tokens of `atmos aws eks token` to a server: {@link checkEndpointPin} compares. */
export function endpointPinFlags({ endpoint, authority }: EndpointPin): readonly string[] {
  return ["--endpoint", endpoint, "--endpoint-ca", authority];
}

interface CheckEndpointPinInput {
  /** The server as the client reports it; undefined for clients that report none, which cannot be checked. */
  readonly cluster: ExecCluster | undefined;
  /** Without an endpoint nothing is checked. */
  readonly endpoint: EndpointPin["endpoint"] | undefined;
  readonly authority: EndpointPin["authority"] | undefined;
}

/**
 * Refuses to make a token for another server than the entry was written for: a cluster entry that was put in its place,
 * `kubectl --server`, a proxy with a certificate of its own. AppError "usage".
 */
export async function checkEndpointPin({ cluster, endpoint, authority }: CheckEndpointPinInput): Promise<void> {
  if (cluster === undefined || endpoint === undefined) return;
  if (normalizeServer(cluster.server) !== normalizeServer(endpoint)) {
    throw refusal(cluster, `the entry was written for ${endpoint}`);
  }
  if (cluster.isInsecure) throw refusal(cluster, "its TLS certificate is not verified (insecure-skip-tls-verify)");
  if (authority === undefined) return;
  if (await sha256Hex(decodeBase64(cluster.certificateAuthorityData ?? "")) !== authority.toLowerCase()) {
    throw refusal(cluster, "its certificate authority is not the one that the entry was written with");
  }
}

/** Scheme, host, port and path; what is no URL is only equal to itself. */
function normalizeServer(server: string): string {
  const url = URL.parse(server);
  return url === null ? server : `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

function decodeBase64(base64: string): Uint8Array {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

function refusal({ server }: ExecCluster, found: string): AppError {
  return new AppError("usage", `Cannot create a token for server ${JSON.stringify(server.slice(0, 200))}: ${found}`, {
    hint: remedy`Rewrite the entry: ${WRITE_ENTRY}; or, if this server is right, add ${NO_ENDPOINT_CHECK}`,
  });
}
