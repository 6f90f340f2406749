import type { InspectedCluster } from "../../aws/eks/inspect_cluster.ts";
import { toAppError } from "../output/app_error.ts";
import { lenientUtf8 } from "../../formats/text/utf8.ts";
import type { Needs } from "../../host/host.ts";
import { NetError } from "../../host/net/net_error.ts";
import { type ApiAnswer, type ApiServer, askServer, readText } from "../../kube/api/api_server.ts";
import { findFailedStage, isPrivateAddress, type Stage, STAGES } from "../../kube/api/connection.ts";
import { ordinaryBytes } from "../../store/current_file.ts";
import { dirname, resolve } from "../../store/paths.ts";
import { isFileError } from "../../host/files/file_error.ts";
import type { ContextCluster } from "../../kube/kubectl/merged_files.ts";
import { type Advice, failure, ok, skipped, type Step, type Verdict } from "./step.ts";

/** Returns the server to talk to: where EKS says that it is, else where the entry does. Permission: read. */
export function selectServer(
  host: Needs<"read">,
  { entry, cluster }: Pick<ReachInput, "entry" | "cluster">,
): ApiServer | undefined {
  const proxy = entry?.proxyUrl;
  if (cluster?.endpoint !== undefined) {
    return { url: cluster.endpoint, caCerts: decodePem(cluster.certificateAuthorityData), proxy };
  }
  if (entry?.server === undefined || URL.parse(entry.server)?.protocol !== "https:") return undefined;
  const { certificateAuthorityData: data, certificateAuthority: file } = entry;
  const own = data === undefined && file !== undefined ? readPem(host, resolve(dirname(entry.path), file)) : undefined;
  return { url: entry.server, caCerts: own ?? decodePem(data), proxy };
}

function readPem(host: Needs<"read">, path: string): readonly string[] {
  try {
    const bytes = ordinaryBytes(host, path);
    return bytes === undefined ? [] : [lenientUtf8(bytes)];
  } catch (error) {
    if (isFileError(error)) return [];
    throw error;
  }
}

function decodePem(base64: string | undefined): readonly string[] {
  try {
    return base64 === undefined ? [] : [atob(base64)];
  } catch {
    return [];
  }
}

interface ReachInput {
  readonly entry: ContextCluster | undefined;
  readonly cluster: InspectedCluster | undefined;
  readonly server: ApiServer | undefined;
  /** Whether the entry is in a file of the user's own: no other one says which proxy a token goes through. */
  readonly isOwn: boolean;
}

interface Reached {
  readonly steps: readonly Step[];
  /** Whether an API server of Kubernetes has answered. */
  readonly isThere: boolean;
}

const NAMES: Readonly<Record<Stage, string>> = { dns: "dns", connect: "tcp", tls: "tls", answer: "server" };

/** Returns how far a connection to the API server gets, without a token. Permission: net. */
export async function reachServer(host: Needs<"net">, input: ReachInput): Promise<Reached> {
  const { server, isOwn } = input;
  if (server === undefined) {
    return makeUnreached("EKS does not say where the API server is, and no kubeconfig of your own does");
  }
  if (server.proxy !== undefined && !isOwn) {
    return makeUnreached(
      "a kubeconfig of a working tree names the proxy (proxy-url) that leads to it, which is not used",
    );
  }
  try {
    const answer = await askServer(host, server, { path: "/version" });
    const verdict = judgeAnswer(answer, server);
    return { steps: withStages("answer", { server, verdict }), isThere: verdict.state === "ok" };
  } catch (error) {
    if (!(error instanceof NetError)) throw error;
    const said = toAppError(error);
    const verdict = failure(
      said.code,
      said.message,
      describeOrigin(error, { ...input, server }) ?? { hint: said.hint },
    );
    return { steps: withStages(findFailedStage(error), { server, verdict }), isThere: false };
  }
}

function makeUnreached(found: string): Reached {
  return { steps: STAGES.map((stage) => ({ id: NAMES[stage], ...skipped(found) })), isThere: false };
}

/** Before the stage that decides all was well, behind it nothing was tried; where none does, it is the last one's to say. */
function withStages(
  decisive: Stage | undefined,
  { server, verdict }: { readonly server: ApiServer; readonly verdict: Verdict },
): readonly Step[] {
  const at = STAGES.indexOf(decisive ?? "answer");
  const { host } = new URL(server.url);
  const before = (stage: Stage) =>
    decisive === undefined ? skipped("the error does not say it") : ok(DONE[stage](host));
  return STAGES.map((stage, index) => {
    const id = NAMES[stage];
    if (index === at) return { id, ...verdict };
    return { id, ...(index < at ? before(stage) : skipped("it was not reached")) };
  });
}

const DONE: Readonly<Record<Stage, (host: string) => string>> = {
  dns: (host) => `the name in ${host} resolves`,
  connect: (host) => `${host} accepts connections`,
  tls: (host) => `the certificate of ${host} is trusted`,
  answer: (host) => `${host} answers`,
};

function judgeAnswer({ status, body, contentType }: ApiAnswer, { url }: ApiServer): Verdict {
  const version = readText(body, "gitVersion");
  if (version !== undefined) return ok(`Kubernetes ${version} at ${url}`);
  if (readText(body, "kind") === "Status") return ok(`Kubernetes at ${url}`);
  const what = /html/i.test(contentType) ? "an HTML page" : "something that is not Kubernetes JSON";
  return failure("unreachable", `${url} answers with ${what} (status ${status}): a proxy or captive portal?`, {
    hint: `Check HTTPS_PROXY, and add ${new URL(url).hostname} to NO_PROXY`,
  });
}

const UNREACHED: ReadonlySet<string> = new Set(["dns", "refused", "timeout", "other"]);

/** What EKS says of who may reach the endpoint, where that may be the reason. */
function describeOrigin(
  { kind, proxy }: NetError,
  { cluster, server }: ReachInput & { readonly server: ApiServer },
): Advice | undefined {
  const { hostname } = new URL(server.url);
  if (server.proxy !== undefined && kind !== "tls") {
    return { hint: `The entry's proxy-url (${proxy?.address}) leads to it: check that proxy, or correct the entry` };
  }
  if (proxy !== undefined && kind !== "tls") {
    return { hint: `The proxy of ${proxy.variable} (${proxy.address}) is in between: add ${hostname} to NO_PROXY` };
  }
  if (kind === "tls") return { hint: TLS_HINT };
  if (!UNREACHED.has(kind)) return undefined;
  if (cluster?.isPublic === false || isPrivateAddress(hostname)) return { hint: PRIVATE_HINT };
  const { publicCidrs = [] } = cluster ?? {};
  if (publicCidrs.length === 0 || publicCidrs.includes("0.0.0.0/0")) return undefined;
  return { hint: `Its endpoint may be reached from ${publicCidrs.join(", ")} only: connect from there` };
}

const PRIVATE_HINT = "Its endpoint is private: connect from its VPC, or a network that reaches it (VPN, bastion)";
const TLS_HINT =
  "Its certificate is not signed by the cluster's certificate authority: there may be a proxy in between, or the entry is for another cluster";
