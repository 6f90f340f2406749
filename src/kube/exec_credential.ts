import { AppError } from "../errors.ts";

const VERSIONS = ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"];
const DEFAULT_VERSION = "client.authentication.k8s.io/v1beta1";

export interface ExecCredentialInput {
  /** KUBERNETES_EXEC_INFO as kubectl sets it; undefined when a person runs the plugin. */
  readonly execInfo: string | undefined;
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly expiration: number;
}

/**
 * What kubectl reads from its plugin, in the version it asked for. AppError "usage" for a version that is neither v1 nor
 * v1beta1. https://kubernetes.io/docs/reference/config-api/client-authentication.v1/
 */
export function execCredential({ execInfo, token, expiration }: ExecCredentialInput): string {
  const credential = {
    kind: "ExecCredential",
    apiVersion: askedVersion(execInfo),
    spec: {},
    status: { expirationTimestamp: new Date(expiration).toISOString().replace(/\.\d{3}Z$/, "Z"), token },
  };
  return `${JSON.stringify(credential)}\n`;
}

function askedVersion(execInfo: string | undefined): string {
  if (execInfo === undefined) return DEFAULT_VERSION;
  const version = versionIn(execInfo);
  if (VERSIONS.includes(version)) return version;
  throw new AppError("usage", `Cannot answer kubectl in API version "${version}": it is not ${VERSIONS.join(" or ")}`, {
    hint: "Write the entry again: atmos aws eks update-kubeconfig --exec-command atmos",
  });
}

function versionIn(execInfo: string): string {
  try {
    const version: unknown = (JSON.parse(execInfo) as { apiVersion?: unknown } | null)?.apiVersion;
    return typeof version === "string" ? version : "";
  } catch {
    return "";
  }
}
