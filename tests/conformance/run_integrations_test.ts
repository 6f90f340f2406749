import { CA_DATA } from "../support/standin/clusters.ts";
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { buildChain } from "../../src/auth/model/chain.ts";
import { AppError } from "../../src/errors.ts";
import type { NetResponse } from "../../src/host/host.ts";
import { findLinked } from "../../src/integrations/contract/linked.ts";
import { runInputs } from "../../src/integrations/run_input.ts";
import { type IntegrationOutcome, runIntegrations } from "../../src/integrations/run_integrations.ts";
import { Secret } from "../../src/secret.ts";
import { AUTHOR } from "../support/config/author.ts";
import { fakeHost } from "../support/host/fake_host.ts";
import { MemoryFiles } from "../support/host/memory_files.ts";
import { SSO_AND_DEV, validated } from "../support/config/auth_texts.ts";

const NAMES = Array.from({ length: 20 }, (_, at) => `c${at}`);

const SLOW_MS = 1_000;

/** Twenty clusters in three files, and what an answer of AWS takes until it comes. */
async function world(
  more: { readonly signal?: AbortSignal; readonly parallel?: number; readonly fails?: string; readonly slow?: string } =
    {},
) {
  const integrations = NAMES.map((name, at) =>
    `    ${name}: {kind: aws/eks, via: {identity: DEV}, spec: {cluster: {name: ${name}, region: us-east-2, ` +
    `alias: ${name}, kubeconfig: {path: /home/me/k${at % 3}}}}}\n`
  );
  const { model, problems } = await validated(`${SSO_AND_DEV}  integrations:\n${integrations.join("")}`);
  deepEqual(problems, []);
  const files = new MemoryFiles();
  files.directory("/home");
  files.directory("/home/me");
  let underWay = 0;
  let most = 0;
  const host = fakeHost({ env: { HOME: "/home/me" }, uid: 1000, files: { read: files.reader, write: files.writer } });
  const fetch = async ({ url }: { readonly url: string }): Promise<NetResponse> => {
    most = Math.max(most, ++underWay);
    const name = url.split("/").at(-1)!;
    await new Promise((resolve) => setTimeout(resolve, name === more.slow ? SLOW_MS : 5));
    underWay--;
    return name === more.fails ? refused() : answer(name);
  };
  const chain = buildChain(model, "dev");
  const credentials = { accessKeyId: "AKIA", secretAccessKey: new Secret("s") };
  const inputs = await runInputs(host, {
    model,
    chain,
    integrations: findLinked(model, chain),
    configFlags: [],
    author: AUTHOR,
    credentialsOf: () => Promise.resolve(credentials),
  });
  const done: IntegrationOutcome[] = [];
  const known: (readonly [name: string, done: number])[] = [];
  const { parallel = 4, signal } = more;
  const clock = { ...host.clock, now: () => performance.now() };
  const outcomes = await runIntegrations({ ...host, clock, net: { fetch } }, {
    inputs,
    parallel,
    ...(signal === undefined ? {} : { signal }),
    known: ({ name }) => known.push([name, done.length]),
    done: (one) => done.push(one),
  });
  return { files, outcomes, done, known, most: () => most };
}

function answer(name: string): NetResponse {
  const arn = `arn:aws:eks:us-east-2:123456789012:cluster/${name}`;
  const cluster = { name, arn, endpoint: "https://x", status: "ACTIVE", certificateAuthority: { data: CA_DATA } };
  return { status: 200, headers: {}, body: new TextEncoder().encode(JSON.stringify({ cluster })) };
}

function refused(): NetResponse {
  const headers = { "x-amzn-errortype": "AccessDeniedException" };
  return { status: 403, headers, body: new TextEncoder().encode(`{"message":"no"}`) };
}

Deno.test("runIntegrations: as many calls at a time as are allowed, an outcome for each, in order", async () => {
  const { files, outcomes, done, most } = await world();
  deepEqual(outcomes.map(({ integration }) => integration.name), NAMES);
  ok(outcomes.every(({ result }) => !(result instanceof AppError) && result.action === "added"));
  equal(done.length, NAMES.length);
  equal(most(), 4);
  equal(files.text("/home/me/k0")!.match(/^- name: c\d+$/gm)?.length, 7);
  equal(files.text("/home/me/k2")!.match(/^- name: c\d+$/gm)?.length, 6);
  equal((await world({ parallel: 1 })).most(), 1);
});

Deno.test("runIntegrations: one that fails is an outcome with its error, and the others are written", async () => {
  const { files, outcomes } = await world({ fails: "c3" });
  const failed = outcomes.filter(({ result }) => result instanceof AppError);
  deepEqual(failed.map(({ integration }) => integration.name), ["c3"]);
  match((failed[0]!.result as AppError).message, /Cannot describe EKS cluster "c3"/);
  ok(!files.text("/home/me/k0")!.includes("c3"));
});

Deno.test("runIntegrations: interrupted before the first, nothing is asked or written, and each says so", async () => {
  const { files, outcomes, most } = await world({ signal: AbortSignal.abort() });
  ok(outcomes.every(({ result }) => result instanceof AppError && result.code === "interrupted"));
  equal(most(), 0);
  equal(files.reader.stat("/home/me/k0"), undefined);
});

Deno.test("runIntegrations: who waits for another of its file is known at once, and its time does not count that", async () => {
  const { outcomes, known } = await world({ slow: "c6" });
  deepEqual(known.map(([name]) => name).toSorted(), NAMES.toSorted());
  const before = known.filter(([, done]) => done === 0).map(([name]) => name);
  ok(before.includes("c0") && before.includes("c3"), "of the same file as the slow one");
  const time = (name: string) => outcomes.find(({ integration }) => integration.name === name)!.ms;
  ok(time("c6") >= SLOW_MS - 50, `${time("c6")} ms`);
  ok(time("c0") < SLOW_MS / 2, `${time("c0")} ms`);
});
