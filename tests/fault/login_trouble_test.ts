import { deepEqual, equal, match } from "node:assert/strict";
import { reportRow } from "../support/faults/fault_report.ts";
import type { FaultSpec } from "../support/standin/faults.ts";
import { loginWorld, NOBODY, ROLE, sessionFile } from "../support/runs/login_run.ts";

const LOGIN = ["auth", "login"];
const ONCE = { AWS_MAX_ATTEMPTS: "1" };
const DEPLOY = { roles: { [ROLE]: { externalId: "x-1" } } };

const TROUBLES: Readonly<Record<string, FaultSpec>> = {
  "500": { error: { status: 500, code: "InternalFailure" } },
  "503": { error: { status: 503, code: "ServiceUnavailable" } },
  "throttled": { error: { status: 400, code: "Throttling", message: "Rate exceeded" } },
  "429": { error: { status: 429, code: "TooManyRequestsException" } },
  "a captive portal": { page: { status: 200 } },
  "a cut answer": { cut: true },
};
const CALLS: Readonly<Record<string, readonly string[]>> = {
  AssumeRole: Object.keys(TROUBLES),
  GetRoleCredentials: ["503"],
  RegisterClient: ["429"],
  StartDeviceAuthorization: ["a captive portal"],
};

for (const [action, troubles] of Object.entries(CALLS)) {
  for (const says of troubles) {
    const fault = TROUBLES[says]!;
    Deno.test(`${action}: ${says}: exit 7, for nobody was denied a login`, async () => {
      await using world = await loginWorld({ ...DEPLOY, faults: { [action]: [fault] } });
      const { status, stderr } = await world.run([...LOGIN, "deploy"], ONCE);
      equal(status, 7, stderr);
      match(stderr, /(?:^|\n)Error: Cannot [^\n]+\nHint: [^\n]+\n$/);
      equal((await world.run([...LOGIN, "deploy"], ONCE)).status, 0);
      world.aws.assertDone();
      reportRow({ fault: "AWS in trouble", tried: "auth login", outcomes: { "exit 7, then a login": 1 } });
    });
  }
}

Deno.test("AWS in trouble while kept credentials last for a while: they are used", async () => {
  await using world = await loginWorld({ faults: { GetRoleCredentials: [{ delayMs: 0 }, TROUBLES["503"]!] } });
  equal((await world.run(LOGIN)).status, 0);
  const path = ".config/atmos/test/aws/sso/credentials";
  const soon = new Date(Date.now() + 300_000).toISOString().replace(/\.\d+/, "");
  world.home.write(path, world.home.read(path)!.replace(/(?<=expiration=)\S+/, soon));
  const { status, stdout } = await world.run(["auth", "exec", "--", "sh", "-c", "echo $AWS_PROFILE"], ONCE);
  deepEqual([status, stdout], [0, "dev\n"]);
  world.aws.assertDone();
});

Deno.test("the network goes away while a person confirms: the login goes on", async () => {
  const faults = { CreateToken: [TROUBLES["a cut answer"]!, TROUBLES["503"]!] };
  await using world = await loginWorld({ sso: { device: ["pending", "pending"] }, faults });
  const { status, stderr } = await world.run(LOGIN, ONCE);
  equal(status, 0, stderr);
  equal(stderr.split("AWS cannot be reached; retrying, the login continues.\n").length, 2);
  deepEqual([world.aws.count("StartDeviceAuthorization"), world.aws.count("CreateToken")], [1, 4]);
  world.aws.assertDone();
});

const claims = btoa(JSON.stringify({ sub: "repo:acme/shop:ref:refs/heads/main", aud: "gitlab" })).replace(/=+$/, "");

Deno.test("a token for another audience: exit 4 with the audience that it has", async () => {
  await using world = await loginWorld({ roles: { [ROLE]: { audience: "sts.amazonaws.com" } } });
  const token = world.home.write("token", `e30.${claims}.sig`);
  const { status, stderr } = await world.run([...LOGIN, "ci"], { ...NOBODY, AWS_WEB_IDENTITY_TOKEN_FILE: token });
  equal(status, 4);
  match(stderr, /^Error: Cannot assume role "\S+:role\/deployer" with the OIDC token: .*Incorrect token audience/);
  match(stderr, /\nHint: .*its audience is "gitlab".*\n$/);
});

Deno.test("a role that does not trust the job: principal, role and missing permission", async () => {
  await using world = await loginWorld({ roles: { [ROLE]: { closed: true } } });
  const token = world.home.write("token", `e30.${claims}.sig`);
  const { status, stderr } = await world.run([...LOGIN, "ci"], { ...NOBODY, AWS_WEB_IDENTITY_TOKEN_FILE: token });
  equal(status, 5);
  match(
    stderr,
    /^Error: .*:role\/deployer" with the OIDC token: "repo:acme\/shop:ref:refs\/heads\/main" may not perform sts:AssumeRoleWithWebIdentity /,
  );
});

const CORRUPT: Readonly<Record<string, (path: string) => void>> = {
  "cut": (path) => Deno.writeTextFileSync(path, '{"accessToken": "x'),
  "empty": (path) => Deno.writeTextFileSync(path, ""),
  "not text": (path) => Deno.writeFileSync(path, new Uint8Array([0xff, 0, 0xfe, 1])),
  "of wrong types": (path) => Deno.writeTextFileSync(path, '{"accessToken": 1, "expiresAt": []}'),
  "with a time that is none": (path) => Deno.writeTextFileSync(path, '{"accessToken":"x","expiresAt":"soon"}'),
  "a list": (path) => Deno.writeTextFileSync(path, "[]"),
  "null": (path) => Deno.writeTextFileSync(path, "null"),
};

for (const [says, spoil] of Object.entries(CORRUPT)) {
  Deno.test(`a session file that is ${says}: told, ignored, written anew`, async () => {
    await using world = await loginWorld();
    await world.run(LOGIN);
    const path = sessionFile(world.home)!;
    spoil(world.home.at(path));
    const { status, stderr } = await world.run([...LOGIN, "--force"]);
    equal(status, 0, stderr);
    match(stderr, /Warning: Cannot use SSO session "\S+": /);
    match(JSON.parse(world.home.read(path)!).accessToken, /^standin-access-token/);
    equal((await world.run([...LOGIN, "--force"], NOBODY)).stderr.includes("Warning"), false);
  });
}
