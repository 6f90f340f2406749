import { equal, match } from "node:assert/strict";
import { keyEnv, USER_KEY } from "../support/standin/keys.ts";
import { loginWorld, NOBODY, ROLE } from "../support/runs/login_run.ts";

const HOUR = 3_600_000;
const BOTH = /his machine's clock says (\S+Z), AWS's says (\S+Z)/;
const KEYS = { ...NOBODY, ...keyEnv(USER_KEY) };
const TOKEN = ["aws", "eks", "token", "--cluster-name", "dev-cluster", "--region", "us-east-2"];

/** How far AWS's clock is said to be ahead, in hours. */
function hoursTold(stderr: string): number {
  const [, ours, theirs] = BOTH.exec(stderr) ?? [];
  return Math.round((Date.parse(theirs ?? "") - Date.parse(ours ?? "")) / HOUR);
}

for (const hours of [1, -1]) {
  Deno.test(`AWS's clock is ${hours} h ahead: every login works, and says so once`, async () => {
    await using world = await loginWorld({ skewMs: hours * HOUR });
    for (const args of [["--provider=sso"], ["Dev", "--force"], ["deploy", "--force"], ["from-runner"]]) {
      const { status, stderr } = await world.run(["auth", "login", ...args], args[0] === "from-runner" ? KEYS : {});
      equal(status, 0, stderr);
      equal(hoursTold(stderr), hours, stderr);
      equal(stderr.split("Warning: This machine's clock").length, 2, stderr);
      match(stderr, /\nHint: Set this machine's clock, e\.g\. with timedatectl set-ntp true\n/);
    }
  });

  Deno.test(`AWS's clock is ${hours} h ahead: where the answer cannot be corrected, both clocks are the message`, async () => {
    await using world = await loginWorld({ skewMs: hours * HOUR });
    const { status, stderr } = await world.run(["auth", "login", "from-runner"], { ...KEYS, AWS_MAX_ATTEMPTS: "1" });
    equal(status, 4);
    match(stderr, /^Error: Cannot assume role "\S+": the time of the signature is off: this machine's clock says /);
    equal(hoursTold(stderr), hours, stderr);
  });

  Deno.test(`AWS's clock is ${hours} h ahead: a token that EKS may refuse is told of`, async () => {
    await using world = await loginWorld({ skewMs: hours * HOUR });
    const { status, stdout, stderr } = await world.run([...TOKEN, "--identity", "runner", "--role-arn", ROLE], KEYS);
    equal(status, 0, stderr);
    match(JSON.parse(stdout).status.token, /^k8s-aws-v1\./);
    match(stderr, /^Warning: EKS may refuse the token: this machine's clock says \S+Z, AWS's says \S+Z\. Set /);
    equal(hoursTold(stderr), hours);
  });
}

Deno.test("an answer without a date: AWS's words on its clock", async () => {
  await using world = await loginWorld({ skewMs: HOUR, noDate: true });
  const { status, stderr } = await world.run(["auth", "login", "from-runner"], KEYS);
  equal(status, 4);
  match(stderr, /the time of the signature is off: Signature expired/);
});

Deno.test("clocks that agree: not a word", async () => {
  await using world = await loginWorld({ skewMs: 60_000 });
  equal((await world.run(["auth", "login", "deploy"])).stderr.includes("clock"), false);
  equal((await world.run([...TOKEN, "--identity", "runner", "--role-arn", ROLE], KEYS)).stderr, "");
});
