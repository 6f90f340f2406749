/** An AWS that others have written: https://docs.getmoto.org/en/latest/docs/server_mode.html */
export interface Moto extends AsyncDisposable {
  readonly url: string;
  /** Environment variables with access keys of an account. */
  keysOf(account: string): Promise<Readonly<Record<string, string>>>;
  /** Makes an EKS cluster. */
  createCluster(cluster: MotoCluster): Promise<void>;
}

export interface MotoCluster {
  readonly account: string;
  readonly region: string;
  readonly name: string;
}

/** Of moto's own account, for any key that it has not given itself. */
export const MOTO_ACCOUNT = "123456789012";

const PATIENCE_MS = 120_000;

/** Starts moto_server, which must be on PATH, on a free port of 127.0.0.1. Permissions: run, net. */
export async function startMoto(): Promise<Moto> {
  const port = freePort();
  const child = new Deno.Command("moto_server", {
    args: ["-H", "127.0.0.1", "-p", `${port}`],
    stdout: "null",
    stderr: "null",
  }).spawn();
  const url = `http://127.0.0.1:${port}`;
  await untilItAnswers(url);
  return {
    url,
    keysOf: (account) => keysOf(url, account),
    createCluster: (cluster) => createCluster(url, cluster),
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await child.status;
    },
  };
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

async function untilItAnswers(url: string): Promise<void> {
  for (const start = Date.now(); Date.now() - start < PATIENCE_MS;) {
    const answer = await fetch(`${url}/moto-api/data.json`).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("moto_server does not answer");
}

/** A session of a role is of the role's account: that is how moto has several. */
async function keysOf(url: string, account: string): Promise<Readonly<Record<string, string>>> {
  if (account === MOTO_ACCOUNT) return { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: "none" };
  const asked = { Action: "AssumeRole", RoleArn: `arn:aws:iam::${account}:role/seed`, RoleSessionName: "seed" };
  const body = new URLSearchParams({ ...asked, Version: "2011-06-15" });
  const headers = { authorization: signed({ key: "AKIAIOSFODNN7EXAMPLE", region: "us-east-1", service: "sts" }) };
  const text = await (await fetch(url, { method: "POST", headers, body })).text();
  const found = (tag: string) => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(text)![1]!;
  return {
    AWS_ACCESS_KEY_ID: found("AccessKeyId"),
    AWS_SECRET_ACCESS_KEY: found("SecretAccessKey"),
    AWS_SESSION_TOKEN: found("SessionToken"),
  };
}

async function createCluster(url: string, { account, region, name }: MotoCluster): Promise<void> {
  const key = (await keysOf(url, account))["AWS_ACCESS_KEY_ID"]!;
  const roleArn = `arn:aws:iam::${account}:role/eks`;
  const answer = await fetch(`${url}/clusters`, {
    method: "POST",
    headers: { "authorization": signed({ key, region, service: "eks" }), "content-type": "application/json" },
    body: JSON.stringify({ name, roleArn, resourcesVpcConfig: { subnetIds: ["subnet-1"] } }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`moto makes no cluster: ${text}`);
}

/** moto reads whom, where and which service is meant, and checks no signature. */
function signed({ key, region, service }: { readonly key: string; readonly region: string; readonly service: string }) {
  return `AWS4-HMAC-SHA256 Credential=${key}/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
}
