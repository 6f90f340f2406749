import { AppError } from "../../errors.ts";

export const DEFAULT_VERSION = "client.authentication.k8s.io/v1beta1";
const VERSIONS = ["client.authentication.k8s.io/v1", DEFAULT_VERSION];

/** The server that a token will be sent to. */
export interface ExecCluster {
  readonly server: string;
  /** PEM certificates, base64. */
  readonly certificateAuthorityData: string | undefined;
  /** Whether the client takes any certificate. */
  readonly isInsecure: boolean;
}

/** What kubectl tells its plugin. */
export interface ExecRequest {
  /** In which the answer has to be. */
  readonly apiVersion: string;
  /** Whether somebody is there who can be asked. */
  readonly interactive: boolean;
  /** undefined unless the kubeconfig says `provideClusterInfo: true` and the client knows that. */
  readonly cluster: ExecCluster | undefined;
}

const NOBODY: ExecRequest = { apiVersion: DEFAULT_VERSION, interactive: false, cluster: undefined };

/**
 * Reads KUBERNETES_EXEC_INFO; undefined when a person, or a client that sets none, runs the plugin. AppError "usage" for
 * a version that is neither v1 nor v1beta1 and for what is no ExecCredential at all.
 * https://kubernetes.io/docs/reference/config-api/client-authentication.v1/
 */
export function execRequest(execInfo: string | undefined): ExecRequest {
  if (execInfo === undefined) return NOBODY;
  const { apiVersion, spec } = fieldsOf(parsed(execInfo)) ?? notUnderstood("it is no JSON object");
  if (typeof apiVersion !== "string") throw notUnderstood("it says no apiVersion");
  if (!VERSIONS.includes(apiVersion)) throw otherVersion(apiVersion);
  const { interactive, cluster } = fieldsOf(spec) ?? {};
  return { apiVersion, interactive: interactive === true, cluster: clusterOf(fieldsOf(cluster)) };
}

type Fields = Readonly<Record<string, unknown>>;

function clusterOf(cluster: Fields | undefined): ExecCluster | undefined {
  if (cluster === undefined) return undefined;
  const { server, "certificate-authority-data": authority } = cluster;
  return {
    server: typeof server === "string" ? server : "",
    certificateAuthorityData: typeof authority === "string" ? authority : undefined,
    isInsecure: cluster["insecure-skip-tls-verify"] === true,
  };
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value as Fields : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw notUnderstood("it is no JSON", cause);
  }
}

function notUnderstood(found: string, cause?: unknown): never {
  throw new AppError("usage", `Cannot understand KUBERNETES_EXEC_INFO: ${found}`, {
    hint: "kubectl sets it; by hand, run this without: unset KUBERNETES_EXEC_INFO",
    ...(cause === undefined ? {} : { cause }),
  });
}

function otherVersion(version: string): AppError {
  const name = JSON.stringify(version.slice(0, 80));
  return new AppError("usage", `Cannot answer kubectl in API version ${name}: it is not ${VERSIONS.join(" or ")}`, {
    hint: "Write the entry again: atmos aws eks update-kubeconfig --exec-command atmos",
  });
}
