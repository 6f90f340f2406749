import { createServer } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { StandinKey } from "../standin/keys.ts";
import { type Bearer, kubeAnswer } from "./answers.ts";
import { presignedBy } from "./presigned_url.ts";
import { urlOfToken } from "./token_facts.ts";

export interface KubeOptions {
  /** The cluster's name, which its tokens must be signed for. */
  readonly cluster: string;
  /** The access keys that AWS knows. */
  readonly keys: () => ReadonlyMap<string, StandinKey>;
  /** What the cluster makes of a caller's ARN; undefined for one that it does not know. By default it knows all. */
  readonly bearer?: (arn: string) => Bearer | undefined;
  /** This server's time, in milliseconds since the epoch; by default the machine's. */
  readonly now?: () => number;
  /** Answers every request with an HTML page, as a proxy does. */
  readonly page?: true;
  /** PEM texts. */
  readonly cert: string;
  readonly key: string;
}

/** A request that came in; the caller's ARN, or why it was refused. */
export interface KubeCall {
  readonly path: string;
  readonly token: string;
  readonly by: { readonly arn: string } | { readonly refusal: string };
}

/** A small Kubernetes API server on 127.0.0.1 with one pod, which takes EKS tokens and nothing else. */
export interface KubeStandin extends AsyncDisposable {
  readonly url: string;
  readonly calls: readonly KubeCall[];
  /** Refuses the next requests, whatever their token. */
  refuse(times: number): void;
}

/** Starts it. Permission net (127.0.0.1). */
export async function startKube(options: KubeOptions): Promise<KubeStandin> {
  const calls: KubeCall[] = [];
  const world = { options, calls, refusals: 0 };
  const server = createServer({ cert: options.cert, key: options.key }, (request, response) => {
    serve(world, { request, response });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    refuse: (times) => void (world.refusals = times),
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

interface World {
  readonly options: KubeOptions;
  readonly calls: KubeCall[];
  refusals: number;
}

function serve(
  world: World,
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
): void {
  const path = (request.url ?? "/").split("?")[0]!;
  const token = (request.headers.authorization ?? "").replace(/^Bearer /, "");
  const by = world.refusals > 0 ? { refusal: "not now" } : callerOf(world.options, token);
  if (world.refusals > 0) world.refusals--;
  world.calls.push({ path, token, by });
  if (world.options.page) {
    response.writeHead(200, { "content-type": "text/html" });
    return void response.end("<html><body>Please log in to the proxy.</body></html>");
  }
  const table = (request.headers.accept ?? "").includes("as=Table");
  const { status, body } = "refusal" in by ? unauthorized() : kubeAnswer({ path, table, bearer: bearerOf(world, by) });
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

function bearerOf({ options }: World, { arn }: { readonly arn: string }): Bearer {
  return options.bearer?.(arn) ?? { username: arn, groups: ["system:masters"], mayListPods: true };
}

function callerOf(options: KubeOptions, token: string): KubeCall["by"] {
  const by = signerOf(options, token);
  return "arn" in by && options.bearer !== undefined && options.bearer(by.arn) === undefined
    ? { refusal: "no access" }
    : by;
}

function signerOf({ cluster, keys, now = Date.now }: KubeOptions, token: string): KubeCall["by"] {
  if (!/^k8s-aws-v1\.[\w-]+$/.test(token) || token.length > 4096) return { refusal: "no EKS token" };
  const url = urlOfToken(token);
  return presignedBy({ url, headers: { "x-k8s-aws-id": cluster }, keys: keys(), now: now() });
}

function unauthorized() {
  const body = { kind: "Status", apiVersion: "v1", status: "Failure", message: "Unauthorized", reason: "Unauthorized" };
  return { status: 401, body: { ...body, code: 401 } };
}
