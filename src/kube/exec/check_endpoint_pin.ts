import { AppError } from "../../errors.ts";
import { sha256Hex } from "../../formats/text/sha256_hex.ts";
import type { ExecCluster } from "./exec_info.ts";

export interface ServerCheck {
  /** The server as the client tells it; undefined for clients that tell none, which cannot be checked. */
  readonly cluster: ExecCluster | undefined;
  /** `--endpoint`: the server's URL when the entry was written; without it nothing is checked. */
  readonly endpoint: string | undefined;
  /** `--endpoint-ca`: SHA-256 of its certificate authority, in hex. */
  readonly authority: string | undefined;
}

/**
 * Refuses to make a token for another server than the entry was written for: a cluster entry that somebody put in its
 * place, `kubectl --server`, a proxy with a certificate of its own. AppError "usage".
 */
export async function checkServer({ cluster, endpoint, authority }: ServerCheck): Promise<void> {
  if (cluster === undefined || endpoint === undefined) return;
  if (originOf(cluster.server) !== originOf(endpoint)) {
    throw refused(cluster, `the entry was written for ${endpoint}`);
  }
  if (cluster.isInsecure) throw refused(cluster, "it need not prove who it is (insecure-skip-tls-verify)");
  if (authority === undefined) return;
  if (await sha256Hex(bytesOf(cluster.certificateAuthorityData ?? "")) !== authority.toLowerCase()) {
    throw refused(cluster, "its certificate authority is not the one that the entry was written with");
  }
}

/** Scheme, host, port and path; what is no URL is only equal to itself. */
function originOf(server: string): string {
  const url = URL.parse(server);
  return url === null ? server : `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

function bytesOf(base64: string): Uint8Array {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

function refused({ server }: ExecCluster, found: string): AppError {
  return new AppError("usage", `Cannot make a token for server ${JSON.stringify(server.slice(0, 200))}: ${found}`, {
    hint:
      "Write the entry again: atmos aws eks update-kubeconfig; or, if this server is right, add --no-endpoint-check",
  });
}
