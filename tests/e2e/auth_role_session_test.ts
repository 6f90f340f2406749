import { deepEqual, equal, match } from "node:assert/strict";
import { keyEnv, SESSION_KEY, USER_KEY } from "../support/standin/keys.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { type LoginWorld, loginWorld, NOBODY, ROLE, START_URL } from "../support/runs/login_run.ts";
import { onTerminal } from "../support/terminal/on_terminal.ts";

const DEVICE = "arn:aws:iam::123456789012:mfa/dev";
const CONFIG = `auth:
  realm: test
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}
    github: {kind: github/oidc, region: us-east-2}
  identities:
    dev:
      kind: aws/permission-set
      via: {provider: sso}
      principal: {name: Admin, account: {id: "123456789012"}}
    narrow:
      kind: aws/assume-role
      via: {identity: dev}
      principal:
        assume_role: ${ROLE}
        session_name: ci
        external_id: x-1
        source_identity: jane
        duration: 15m
        policy:
          Version: "2012-10-17"
          Statement: [{Effect: Allow, Action: "s3:Get*", Resource: "*"}]
        policy_arns: [arn:aws:iam::aws:policy/ReadOnlyAccess]
        tags: {team: core, cost: 0042}
        transitive_tag_keys: [Team]
    text:
      kind: aws/assume-role
      via: {provider: github}
      principal:
        assume_role: ${ROLE}
        policy: '{ "Statement": [] }'
        policy_arns: [arn:aws:iam::aws:policy/ReadOnlyAccess]
    careful:
      kind: aws/assume-role
      via: {identity: runner}
      principal: {assume_role: "${ROLE}", mfa_arn: "${DEVICE}"}
    long: {kind: aws/assume-role, via: {identity: dev}, principal: {assume_role: "${ROLE}", duration: 2h}}
    longer: {kind: aws/assume-role, via: {identity: long}, principal: {assume_role: "${ROLE}", duration: 12h}}
    runner: {kind: aws/ambient}
    from-runner: {kind: aws/assume-role, via: {identity: runner}, principal: {assume_role: "${ROLE}", duration: 2h}}
`;

const LOGIN = ["auth", "login"];

function asked(world: LoginWorld): Readonly<Record<string, string>> {
  const { Action: _action, Version: _version, ...parameters } = world.aws.calls.at(-1)!.parameters;
  return parameters;
}

Deno.test("assume-role: everything that narrows and marks a session is what AWS is asked for", async () => {
  await using world = await loginWorld({ config: CONFIG, roles: { [ROLE]: { externalId: "x-1" } } });
  const { status, stderr } = await world.run([...LOGIN, "narrow"]);
  equal(status, 0, stderr);
  deepEqual(asked(world), {
    RoleArn: ROLE,
    RoleSessionName: "ci",
    ExternalId: "x-1",
    SourceIdentity: "jane",
    DurationSeconds: "900",
    Policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}',
    "PolicyArns.member.1.arn": "arn:aws:iam::aws:policy/ReadOnlyAccess",
    "Tags.member.1.Key": "team",
    "Tags.member.1.Value": "core",
    "Tags.member.2.Key": "cost",
    "Tags.member.2.Value": "0042",
    "TransitiveTagKeys.member.1": "Team",
  });
});

Deno.test("assume-role: a job's token gets the session policy, too", async () => {
  await using world = await loginWorld({ config: CONFIG });
  const env = { ...NOBODY, AWS_WEB_IDENTITY_TOKEN_FILE: world.home.write("token", "file.jwt.token") };
  const { status, stderr } = await world.run([...LOGIN, "text"], env);
  equal(status, 0, stderr);
  const { Policy, "PolicyArns.member.1.arn": arn } = asked(world);
  deepEqual([Policy, arn], ['{"Statement":[]}', "arn:aws:iam::aws:policy/ReadOnlyAccess"]);
});

Deno.test("assume-role: a trust policy without sts:TagSession is told by its name", async () => {
  await using world = await loginWorld({ config: CONFIG, roles: { [ROLE]: { forgets: ["sts:TagSession"] } } });
  const { status, stderr } = await world.run([...LOGIN, "narrow"]);
  equal(status, 5);
  match(
    stderr,
    /\/dev may not perform sts:TagSession on \S+:role\/deployer; credentials: .*\nHint: .* have sts:TagSession allowed\n$/,
  );
});

for (const code of ["MalformedPolicyDocument", "PackedPolicyTooLarge"]) {
  Deno.test(`assume-role: ${code}: exit 3, it is the configuration's fault`, async () => {
    const faults = { AssumeRole: [{ error: { status: 400, code } }] };
    await using world = await loginWorld({ config: CONFIG, faults });
    const { status, stderr } = await world.run([...LOGIN, "narrow"]);
    equal(status, 3);
    match(stderr, /Error: Cannot assume role "\S+": .*\nHint: Correct policy, policy_arns or tags /);
  });
}

Deno.test("assume-role: the MFA code is asked for on a terminal, and nowhere else", async () => {
  await using world = await loginWorld({ config: CONFIG, roles: { [ROLE]: { mfa: true } } });
  const env = { ...NOBODY, ...keyEnv(USER_KEY) };
  const { status, stderr } = await world.run([...LOGIN, "careful"], env);
  equal(status, 4);
  match(stderr, /needs a code from its MFA device\nHint: Log in at a terminal: atmos auth login careful\n$/);
  equal(world.aws.calls.length, 0);
  if (!hasProgram("script", "assume-role: MFA")) return;
  const run = { args: [...LOGIN, "careful"], question: "mfa/dev", answer: "123456\r", cwd: world.home.at("repo") };
  const there = await onTerminal({ ...run, env: world.env(env) });
  equal(there.status, 0, there.shown);
  deepEqual([asked(world)["SerialNumber"], asked(world)["TokenCode"]], [DEVICE, "123456"]);
});

const CAP = "AWS allows at most 1h when a role assumes another role";

Deno.test("assume-role: role to role is an hour, known before AWS is asked, and said once", async () => {
  await using world = await loginWorld({ config: CONFIG });
  const { status, stderr } = await world.run([...LOGIN, "longer"]);
  equal(status, 0, stderr);
  const roles = world.aws.calls.filter(({ action }) => action === "AssumeRole");
  deepEqual(roles.map(({ status, parameters }) => [status, parameters["DurationSeconds"]]), [
    [200, "3600"],
    [200, "3600"],
  ]);
  equal(stderr.split(CAP).length, 2, stderr);
  match(stderr, /; so it is 1h for long \(120m asked for\) and longer \(720m asked for\)\.\n/);
  equal(stderr.includes("Warning"), false, stderr);
  equal((await world.run([...LOGIN, "longer"])).stderr.includes(CAP), false);
  const other = await world.run([...LOGIN, "dev"], NOBODY);
  deepEqual([other.status, other.stderr.includes("1h at most")], [0, false]);
});

Deno.test("assume-role: auth validate warns of both, with their lines, and is content", async () => {
  await using world = await loginWorld({ config: CONFIG });
  const { status, stdout, stderr } = await world.run(["auth", "validate"]);
  equal(status, 0);
  const lines = (stdout + stderr).split("\n").filter((line) => line.includes("AWS allows at most 1h:"));
  equal(lines.length, 2, stdout + stderr);
});

Deno.test("assume-role: the environment's own role is found out; a user has the whole time", async () => {
  await using world = await loginWorld({ config: CONFIG });
  const role = await world.run([...LOGIN, "from-runner"], { ...NOBODY, ...keyEnv(SESSION_KEY) });
  equal(role.status, 0, role.stderr);
  equal(asked(world)["DurationSeconds"], "3600");
  equal(role.stderr.split(CAP).length, 2);
  const user = await world.run([...LOGIN, "from-runner", "--force"], { ...NOBODY, ...keyEnv(USER_KEY) });
  equal(user.status, 0, user.stderr);
  equal(asked(world)["DurationSeconds"], "7200");
  equal(user.stderr.includes(CAP), false);
});
