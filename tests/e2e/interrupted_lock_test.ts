import { deepEqual, equal, match, ok } from "node:assert/strict";
import { KUBECONFIG, multiCluster } from "../support/config/multi_cluster.ts";
import { spawnAtmos } from "../support/atmos/run_atmos.ts";
import { type LoginWorld, NOBODY } from "../support/runs/login_run.ts";

const REGISTRY = "123456789012.dkr.ecr.us-east-2.amazonaws.com";

interface Case {
  readonly args: readonly string[];
  /** The file whose lock another program holds. */
  readonly file: string;
  /** What AWS is asked last before it is waited for. */
  readonly asked: string;
}

const CASES: readonly Case[] = [
  { args: ["auth", "login", "platform-admin"], file: KUBECONFIG, asked: "DescribeCluster" },
  { args: ["aws", "eks", "update-kubeconfig", "--all"], file: KUBECONFIG, asked: "DescribeCluster" },
  {
    args: ["aws", "ecr", "login", "--registry", REGISTRY, "-i", "platform-admin"],
    file: ".docker/config.json",
    asked: "GetAuthorizationToken",
  },
];

for (const { args, file, asked } of CASES) {
  Deno.test(`Ctrl-C while another program holds the lock: ${args.slice(0, 3).join(" ")}`, async () => {
    await using world = await multiCluster();
    equal((await world.run(["auth", "login", "platform-admin"])).status, 0);
    Deno.removeSync(world.home.at(KUBECONFIG));
    world.home.write(`${file}.lock`, "");
    const before = world.home.read(file);
    const calls = world.aws.count(asked);
    const child = spawnAtmos(args, { env: world.env(NOBODY), cwd: world.home.at("repo") });
    await until(() => world.aws.count(asked) > calls);
    await sleep(1_500);
    child.kill("SIGINT");
    const killed = performance.now();
    await child.stdin.close();
    const { code, stderr } = await child.output();
    equal(code, 130, new TextDecoder().decode(stderr));
    ok(performance.now() - killed < 4_000, "it went on waiting");
    deepEqual([world.home.read(file), left(world, file)], [before, []]);
    if (args[1] !== "eks") match(new TextDecoder().decode(stderr), /interrupted/);
  });
}

/** Files beside it that are neither it nor the other program's. */
function left({ home }: LoginWorld, file: string): readonly string[] {
  return home.files().filter((path) =>
    path.startsWith(file) && !/(?:\.lock|\.atmos-lock)$/.test(path) && path !== file
  );
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function until(done: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !done(); tries++) await sleep(50);
  ok(done(), "it did not happen in 20 seconds");
}
