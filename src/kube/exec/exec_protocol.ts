import { AppError } from "../../errors.ts";

const DEFAULT_VERSION = "client.authentication.k8s.io/v1beta1";
const VERSIONS = ["client.authentication.k8s.io/v1", DEFAULT_VERSION];

/** The server that a token will be sent to. */
export interface ExecCluster {
  readonly server: string;
  /** PEM certificates, base64. */
  readonly certificateAuthorityData: string | undefined;
  /** Whether the client takes any certificate. */
  readonly isInsecure: boolean;
}

/** What kubectl passes to its plugin. */
interface ExecInfo {
  /** The version that the answer must have. */
  readonly apiVersion: string;
  /** Whether a user can be asked at the terminal. */
  readonly interactive: boolean;
  /** undefined unless the kubeconfig says `provideClusterInfo: true` and the client knows that. */
  readonly cluster: ExecCluster | undefined;
}

const NO_CLIENT: ExecInfo = { apiVersion: DEFAULT_VERSION, interactive: false, cluster: undefined };

/**
 * What KUBERNETES_EXEC_INFO says; it is undefined where a user, or a client that sets none, runs the plugin. AppError
 * "usage" for a version that is neither v1 nor v1beta1 and for what is no ExecCredential at all.
 * https://kubernetes.io/docs/reference/config-api/client-authentication.v1/
 */
export function readExecInfo(execInfo: string | undefined): ExecInfo {
  if (execInfo === undefined) return NO_CLIENT;
  const { apiVersion, spec } = readFields(parseExecInfo(execInfo)) ?? notUnderstood("it is no JSON object");
  if (typeof apiVersion !== "string") throw notUnderstood("it says no apiVersion");
  if (!VERSIONS.includes(apiVersion)) throw otherVersion(apiVersion);
  const { interactive, cluster } = readFields(spec) ?? {};
  return { apiVersion, interactive: interactive === true, cluster: readCluster(readFields(cluster)) };
}

type Fields = Readonly<Record<string, unknown>>;

function readCluster(cluster: Fields | undefined): ExecCluster | undefined {
  if (cluster === undefined) return undefined;
  const { server, "certificate-authority-data": authority } = cluster;
  return {
    server: typeof server === "string" ? server : "",
    certificateAuthorityData: typeof authority === "string" ? authority : undefined,
    isInsecure: cluster["insecure-skip-tls-verify"] === true,
  };
}

function readFields(value: unknown): Fields | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value as Fields : undefined;
}

function parseExecInfo(text: string): unknown {
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

interface RenderExecCredentialInput {
  /** As the client requested. */
  readonly apiVersion: string;
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly expiration: number;
}

/** The answer that kubectl reads from its plugin. https://kubernetes.io/docs/reference/config-api/client-authentication.v1/ */
export function renderExecCredential({ apiVersion, token, expiration }: RenderExecCredentialInput): string {
  const credential = {
    kind: "ExecCredential",
    apiVersion,
    spec: {},
    status: { expirationTimestamp: new Date(expiration).toISOString().replace(/\.\d{3}Z$/, "Z"), token },
  };
  return `${JSON.stringify(credential)}\n`;
}
