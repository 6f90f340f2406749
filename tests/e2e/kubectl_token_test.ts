import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { atmosWords } from "../support/atmos/run_atmos.ts";
import { EXPIRED_KEY } from "../support/standin/keys.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { type KubeWorld, kubeWorld } from "../support/kube_api/kube_world.ts";
import { sharedBundle } from "../support/atmos/shared_bundle.ts";

const PODS = "NAME    STATUS\nweb-0   Running\n";
const ignore = !["kubectl", "openssl"].every((name) => hasProgram(name, "kubectl with tokens of this program"));

function withKubectl(name: string, fn: () => Promise<void>): void {
  Deno.test({ name: `kubectl: ${name}`, ignore, fn });
}

async function written(): Promise<KubeWorld> {
  const world = await kubeWorld();
  const { status, stderr } = await world.update();
  equal(status, 0, stderr);
  return world;
}

withKubectl("get pods, with a kubeconfig of ours, in any directory", async () => {
  await using world = await written();
  for (const cwd of ["/", world.home.path]) {
    const run = await world.kubectl(["get", "pods"], { cwd });
    deepEqual(run, { status: 0, stdout: PODS, stderr: "" });
  }
  ok(world.kube.calls.every(({ by }) => "arn" in by), "a token was refused");
  ok(world.home.read("kubeconfig")!.includes("provideClusterInfo: true"));
});

withKubectl("20 at once", async () => {
  await using world = await written();
  const runs = await Promise.all(Array.from({ length: 20 }, () => world.kubectl(["get", "pods", "-o", "name"])));
  for (const run of runs) deepEqual(run, { status: 0, stdout: "pod/web-0\n", stderr: "" });
});

withKubectl("a 401 makes it ask for another token, once", async () => {
  await using world = await written();
  const log = world.home.at("runs");
  const counting = world.home.write("plugin", `#!/bin/sh\necho run >>'${log}'\nexec "$@"\n`, 0o700);
  const counted = world.home.read("kubeconfig")!.replace(
    /( +)command: (.*)\n +args:\n( +- )/,
    (_, indent, command, dash) => `${indent}command: ${counting}\n${indent}args:\n${dash}${command}\n${dash}`,
  );
  world.home.write("kubeconfig", counted);
  const usual = await world.kubectl(["get", "pods"]);
  deepEqual([usual.status, usual.stdout, world.home.read("runs")], [0, PODS, "run\n"], usual.stderr);
  Deno.removeSync(world.home.at(".kube/cache"), { recursive: true });
  world.kube.refuse(1);
  const refused = await world.kubectl(["get", "pods"]);
  deepEqual([refused.status, refused.stdout], [0, PODS], refused.stderr);
  equal(world.home.read("runs"), "run\n".repeat(3));
});

withKubectl("expired credentials: what AWS says stays what kubectl says, and no stack", async () => {
  await using world = await written();
  const { accessKeyId, secretAccessKey, sessionToken } = EXPIRED_KEY;
  const env = {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken!,
  };
  const run = await world.kubectl(["get", "pods"], { env });
  notEqual(run.status, 0);
  match(run.stderr, /Unauthorized|logged in/);
  const known = await world.kubectl(["get", "pods"], {
    env: { ...env, AWS_CREDENTIAL_EXPIRATION: "2026-01-01T00:00:00Z" },
  });
  notEqual(known.status, 0);
  match(
    known.stderr,
    /Error: Cannot create a token: the AWS credentials expired at 2026-01-01T00:00:00Z; credentials: access key \w+ \(AWS_ACCESS_KEY_ID\)\. /,
  );
  ok(!/\n\s+at |file:\/\//.test(known.stderr), known.stderr);
  const none = await world.kubectl(["get", "pods"], { env: { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" } });
  notEqual(none.status, 0);
  match(none.stderr, /^Error: Cannot find AWS credentials.*$/m);
  match(none.stderr, /exit code 4/);
});

withKubectl("no token for a server that the entry was not written for", async () => {
  await using world = await written();
  await using other = await kubeWorld();
  const text = world.home.read("kubeconfig")!;
  const swapped = text.replace(world.kube.url, other.kube.url);
  world.home.write("kubeconfig", swapped);
  const refused = await world.kubectl(["get", "pods"]);
  notEqual(refused.status, 0);
  match(
    refused.stderr,
    /^Error: Cannot create a token for server "https:\/\/127.0.0.1:\d+": the entry was written for /m,
  );
  equal(other.kube.calls.length, 0);
  world.home.write("kubeconfig", text.replace(/certificate-authority-data: .*/, "insecure-skip-tls-verify: true"));
  match((await world.kubectl(["get", "pods"])).stderr, /insecure-skip-tls-verify/);
  equal(world.kube.calls.length, 0);
  const off = await world.kubectl(["get", "pods"], { env: { ATMOS_NO_ENDPOINT_CHECK: "true" } });
  deepEqual([off.status, off.stdout], [0, PODS]);
});

Deno.test("the Kubernetes client of npm lists pods with the same kubeconfig", { ignore }, async () => {
  await using world = await written();
  const script = world.home.write("client.ts", CLIENT);
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "-A", `--config=${Deno.cwd()}/deno.json`, script],
    clearEnv: true,
    env: world.env(),
    cwd: Deno.cwd(),
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  deepEqual([code, text(stdout)], [0, "web-0\n"], text(stderr));
});

const CLIENT = `
import { CoreV1Api, KubeConfig } from "@kubernetes/client-node";
const config = new KubeConfig();
config.loadFromDefault();
const pods = await config.makeApiClient(CoreV1Api).listNamespacedPod({ namespace: "default" });
console.log(pods.items.map((pod) => pod.metadata?.name).join());
`;

withKubectl("the same from a bundle, which is what the executable is made of", async () => {
  await using world = await kubeWorld();
  const main = await sharedBundle(world.home.at("bundle"));
  const [command, ...words] = [...atmosWords(main), ...world.updateWords];
  const { code, stderr } = await new Deno.Command(command!, { args: words, clearEnv: true, env: world.env() }).output();
  equal(code, 0, new TextDecoder().decode(stderr));
  ok(world.home.read("kubeconfig")!.includes(`- ${main}\n`));
  deepEqual(await world.kubectl(["get", "pods"]), { status: 0, stdout: PODS, stderr: "" });
});
