import { type Remedy } from "../../remedy.ts";
const DEFAULT_VERSION = "client.authentication.k8s.io/v1beta1";
/** What kubectl knew before 1.24, with the same answer. */
const OLD_VERSION = "client.authentication.k8s.io/v1alpha1";
const VERSIONS = ["client.authentication.k8s.io/v1", DEFAULT_VERSION, OLD_VERSION];

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
  /** What is odd about the request, one line. */
  readonly warning?: Remedy;
}

const NO_CLIENT: ExecInfo = { apiVersion: DEFAULT_VERSION, interactive: false, cluster: undefined };

/**
 * What KUBERNETES_EXEC_INFO says; it is undefined where a user, or a client that sets none, runs the plugin. What cannot
 * be understood gets the default version and a warning, as the AWS CLI does: a token is more use to a client than none.
 * https://kubernetes.io/docs/reference/config-api/client-authentication.v1/
 */
export function readExecInfo(execInfo: string | undefined): ExecInfo {
  if (execInfo === undefined) return NO_CLIENT;
  const fields = readFields(parseJson(execInfo));
  if (fields === undefined) return { ...NO_CLIENT, warning: notUnderstood("it is not a JSON object") };
  const { apiVersion, spec } = fields;
  const { interactive, cluster } = readFields(spec) ?? {};
  const request = { interactive: interactive === true, cluster: readCluster(readFields(cluster)) };
  if (typeof apiVersion !== "string") {
    return { ...request, apiVersion: DEFAULT_VERSION, warning: notUnderstood("it has no apiVersion") };
  }
  if (!VERSIONS.includes(apiVersion)) return { ...request, apiVersion: DEFAULT_VERSION, warning: unknown(apiVersion) };
  return { ...request, apiVersion, ...(apiVersion === OLD_VERSION ? { warning: OUTDATED } : {}) };
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

/** undefined for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const ANSWERED = `answered in ${DEFAULT_VERSION}`;
const OUTDATED: Remedy = [
  `kubectl asks in ${OLD_VERSION}, which kubectl 1.24 and later refuse; rewrite the entry: `,
  { kind: "write-entry", how: "atmos-plugin" },
];

function notUnderstood(found: string): string {
  return `Cannot understand KUBERNETES_EXEC_INFO: ${found}; ${ANSWERED}`;
}

function unknown(version: string): string {
  return `Unknown API version ${JSON.stringify(version.slice(0, 80))} in KUBERNETES_EXEC_INFO; ${ANSWERED}`;
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
