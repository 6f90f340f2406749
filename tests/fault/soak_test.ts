import { deepEqual, ok } from "node:assert/strict";
import { reportRow } from "../support/faults/fault_report.ts";
import { runSoak, type Soak } from "../support/faults/soak.ts";
import { randomRuns, seedOfToday } from "../support/random/runs.ts";
import { type LoginWorld, loginWorld, ROLE } from "../support/runs/login_run.ts";
import { keyEnv, USER_KEY } from "../support/standin/keys.ts";

const TOKENS = randomRuns({ usual: 100, long: 2_000 });
const LOGINS = randomRuns({ usual: 25, long: 500 });
const FLAKY = { seed: seedOfToday(), errors: 0.2, slow: 0.05, slowMs: 200 };
const MIB = 1_048_576;
/** What a second half may leave behind in memory: code that is compiled, and texts that are to be hidden. */
const MOST_GROWTH = 8 * MIB;

/** One call in ten million goes wrong so many times in a row. */
const PATIENT = { AWS_MAX_ATTEMPTS: "10" };

async function soakWorld(): Promise<LoginWorld> {
  const world = await loginWorld({ flaky: FLAKY, sso: { interval: 1 }, roles: { [ROLE]: {} } });
  Deno.mkdirSync(world.home.at("tmp"));
  return world;
}

interface Soaking {
  readonly tried: string;
  /** Its directory is seen from HOME. */
  readonly soak: Soak;
  readonly env: Readonly<Record<string, string>>;
}

async function checkSoak({ tried, soak, env }: Soaking): Promise<void> {
  await using world = await soakWorld();
  const directory = world.home.at(soak.removed.directory);
  Deno.mkdirSync(directory, { recursive: true, mode: 0o700 });
  const place = { cwd: world.home.at("repo"), env: world.env({ TMPDIR: world.home.at("tmp"), ...PATIENT, ...env }) };
  const all: Soak = { ...soak, removed: { ...soak.removed, directory } };
  const first = await runSoak({ ...all, times: Math.ceil(soak.times / 10) }, place);
  const files = world.home.files();
  const { statuses, failures, memory } = await runSoak(all, place);
  deepEqual([first.failures, failures], [[], []]);
  deepEqual(statuses, { 0: soak.times });
  deepEqual(world.home.files(), files, "more files with more runs");
  deepEqual(files.filter((path) => /^tmp\/|-tmp$/.test(path)), []);
  const [half = 0, end = 0] = memory;
  ok(half > MIB && end - half < MOST_GROWTH, `memory grew by ${Math.round((end - half) / MIB)} MiB`);
  ok(world.aws.calls.length > soak.times / 4, `only ${world.aws.calls.length} calls`);
  const grown = `exit 0, no more files, ${Math.max(0, Math.round((end - half) / MIB))} MiB more`;
  reportRow({ fault: "20 % of calls fail, 5 % are slow", tried, outcomes: { [grown]: soak.times } });
}

Deno.test(`${TOKENS} tokens from an AWS that fails now and then`, async () => {
  const token = ["aws", "eks", "token", "--cluster-name", "dev-cluster", "--region", "us-east-2", "--role-arn", ROLE];
  await checkSoak({
    tried: "aws eks token",
    soak: { lines: [token], times: TOKENS, atOnce: 4, removed: { directory: ".cache/atmos/sessions", every: 2 } },
    env: { ...keyEnv(USER_KEY), ATMOS_IDENTITY: "false" },
  });
});

Deno.test(`${LOGINS} logins at an AWS that fails now and then`, async () => {
  const force = ["auth", "login", "--force"];
  await checkSoak({
    tried: "auth login",
    soak: {
      lines: [force],
      times: LOGINS,
      atOnce: 2,
      removed: { directory: ".cache/atmos/aws-sso/sessions", every: 5 },
    },
    env: {},
  });
});
