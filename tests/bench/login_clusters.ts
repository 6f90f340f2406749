import { atmosWords, runtimeEnv } from "../support/atmos/run_atmos.ts";
import { cluster } from "../support/standin/clusters.ts";
import type { FaultSpec } from "../support/standin/faults.ts";
import { loginWorld } from "../support/runs/login_run.ts";
import { type Candidate, measure, peakMemory } from "./measure.ts";
import { type Bench, milliseconds, type Row } from "./row.ts";

/** Milliseconds, by clusters. */
const AT_MOST = { 100: 2_500, 1_000: 12_000 } as const;
const LATENCY_MS = 200;
const FILE = ".config/atmos/kube/config";

/** A login with many linked clusters, where AWS takes its time and throttles one call in ten. */
export const bench: Bench = {
  name: "login-clusters",
  async run() {
    const few = await login(100);
    const many = await login(1_000);
    return [
      timeRow(100, few),
      timeRow(1_000, many),
      {
        work: "login with 1,000 linked clusters, to 10 x 100",
        ours: milliseconds(many.ms),
        peer: milliseconds(few.ms * 10),
        ratio: (many.ms / (few.ms * 10)).toFixed(2),
        target: "<= 1.1",
        ok: many.ms / (few.ms * 10) <= 1.1,
      },
      memoryRow({ few: few.memory, many: many.memory }),
    ];
  },
};

interface Login {
  /** Of the whole process. */
  readonly ms: number;
  /** MiB. */
  readonly memory: number | undefined;
}

/** One login as a process of its own; it fails unless every cluster is in the file afterwards. */
async function login(count: number): Promise<Login> {
  const names = Array.from({ length: count }, (_, at) => `cluster-${at}`);
  const options = { config: configOf(names), clusters: names.map((name) => cluster(name)) };
  await using world = await loginWorld({ ...options, faults: { DescribeCluster: faults(count * 4) } });
  const env = { ...runtimeEnv(), ...world.env({ ATMOS_FORCE_TTY: "" }) };
  const words = (
    ...more: readonly string[]
  ) => [...atmosWords(), "--chdir", world.home.at("repo"), "auth", "login", ...more];
  await timed({ words: words("--no-integrations"), env: { ...env, ATMOS_FORCE_TTY: "1" } });
  const ms = await timed({ words: words("--strict"), env });
  const found = (world.home.read(FILE) ?? "").match(/^- name: cluster-/gm)?.length;
  if (found !== count) throw new Error(`${found} of ${count} contexts are in the file`);
  const before = () => Deno.removeSync(world.home.at(FILE));
  return { ms, memory: await peakMemory({ words: words("--strict"), env, before }) };
}

/** One run; whoever looks at its memory all the time would slow it down. */
async function timed({ words, env }: Candidate): Promise<number> {
  return (await measure({ runs: 1, candidates: { login: { words, env } } })).login;
}

/** Every answer is late, and one in ten is a refusal. */
function faults(calls: number): readonly FaultSpec[] {
  const throttled = { status: 429, code: "ThrottlingException", message: "Rate exceeded" };
  return Array.from(
    { length: calls },
    (_, at) => at % 10 === 4 ? { error: throttled, delayMs: LATENCY_MS } : { delayMs: LATENCY_MS },
  );
}

function configOf(names: readonly string[]): string {
  const integrations = names.map((name) =>
    `    ${name}/eks: {kind: aws/eks, via: {identity: dev}, ` +
    `spec: {cluster: {name: ${name}, region: us-east-2, alias: ${name}}}}\n`
  );
  return `auth:
  realm: test
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: "https://corp.awsapps.com/start"}
  identities:
    dev:
      kind: aws/permission-set
      via: {provider: sso}
      principal: {name: Admin, account: {id: "123456789012"}}
  integrations:
${integrations.join("")}`;
}

function timeRow(count: keyof typeof AT_MOST, { ms }: Login): Row {
  const limit = AT_MOST[count];
  return {
    work: `login with ${count} linked clusters, 200 ms an answer, 10 % throttled; limit ${limit / 1000} s`,
    ours: milliseconds(ms),
    peer: milliseconds(limit),
    ratio: (ms / limit).toFixed(2),
    target: "<= 1",
    ok: ms <= limit,
  };
}

function memoryRow({ few = NaN, many = NaN }: { few: number | undefined; many: number | undefined }): Row {
  return {
    work: "peak memory of 1,000 linked clusters, to 10 x 100",
    ours: `${many.toFixed(0)} MiB`,
    peer: `${few.toFixed(0)} MiB x 10`,
    ratio: (many / (few * 10)).toFixed(2),
    target: "<= 1.1",
    ok: many / (few * 10) <= 1.1,
  };
}
