import { deepEqual, equal, match } from "node:assert/strict";
import { reportRow } from "../support/faults/fault_report.ts";
import { CREDENTIALS, loginWorld, NOBODY } from "../support/runs/login_run.ts";

const MANY = 20;

Deno.test("20 processes need one session at once: one device flow, and all get its result", async () => {
  await using world = await loginWorld({ sso: { device: ["pending", "pending"] } });
  const script = "echo $AWS_PROFILE";
  const runs = await Promise.all(
    Array.from({ length: MANY }, () => world.run(["auth", "exec", "--", "sh", "-c", script])),
  );
  deepEqual(runs.map(({ status, stdout }) => [status, stdout]), Array(MANY).fill([0, "dev\n"]));
  deepEqual([world.aws.count("RegisterClient"), world.aws.count("StartDeviceAuthorization")], [1, 1]);
  match(
    world.home.read(CREDENTIALS)!,
    /^; atmos: expiration=\S+\n\[dev\]\n(?:aws_\w+ = \S+\n){3}atmos_fingerprint = \S+-[0-9a-f]{64}\natmos_account = \S+-\d{12}\natmos_configuration = \S+-[0-9a-f]{16}\n$/,
  );
  reportRow({ fault: "at once", tried: "logins of one session", outcomes: { "one login for all": MANY } });
});

Deno.test("one refused device flow is refused for all that waited, and for those that come soon after", async () => {
  await using world = await loginWorld({ sso: { device: ["pending", "denied"] } });
  const runs = await Promise.all(
    Array.from({ length: MANY }, () => world.run(["auth", "exec", "--", "true"])),
  );
  deepEqual(runs.map(({ status }) => status), Array(MANY).fill(4));
  equal((await world.run(["auth", "exec", "--", "true"])).status, 4);
  equal((await world.run(["auth", "exec", "--", "true"], NOBODY)).status, 4);
  equal(world.aws.count("StartDeviceAuthorization"), 1);
});

Deno.test("a session that was revoked under 10 processes is made anew once", async () => {
  await using world = await loginWorld();
  await world.run(["auth", "login"]);
  world.aws.logins.revoke();
  const runs = await Promise.all(Array.from({ length: 10 }, () => world.run(["auth", "login", "--force"])));
  deepEqual(runs.map(({ status }) => status), Array(10).fill(0));
  equal(world.aws.count("StartDeviceAuthorization"), 2);
});

Deno.test("credentials that 10 commands without a terminal lack are asked for once, with the session that is there", async () => {
  await using world = await loginWorld();
  await world.run(["auth", "login"]);
  const before = world.aws.count("GetRoleCredentials");
  Deno.removeSync(world.home.at(CREDENTIALS));
  const runs = await Promise.all(
    Array.from({ length: 10 }, () => world.run(["auth", "exec", "--", "sh", "-c", "echo $AWS_PROFILE"], NOBODY)),
  );
  deepEqual(runs.map(({ status, stdout, stderr }) => [status, stdout, stderr]), Array(10).fill([0, "dev\n", ""]));
  equal(world.aws.count("GetRoleCredentials"), before + 1);
});
