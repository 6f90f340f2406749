import assert from "node:assert/strict";
import { atmosWords, runAtmos, runtimeEnv } from "../support/atmos/run_atmos.ts";
import { startStandin } from "../support/standin/aws_standin.ts";
import { keyEnv, USER_KEY } from "../support/standin/keys.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { tempHome } from "../support/machine/temp_home.ts";

const LOOK = ["aws", "eks", "update-kubeconfig", "--name", "dev-cluster", "--region", "us-east-2", "--dry-run"];
const ROLE = "role_arn = arn:aws:iam::123456789012:role/r\n";
const QUIET = { AWS_EC2_METADATA_DISABLED: "true" };

interface Broken {
  readonly says: string;
  /** The lines of the profile, both as --profile p and as the default one. */
  readonly lines: string;
  readonly status: number;
  readonly found: RegExp;
}

const profiles: readonly Broken[] = [
  {
    says: "credential_process exits 3",
    lines: "credential_process = echo canary; echo boom >&2; exit 3",
    status: 4,
    found: /its credential_process failed with exit status 3: boom\n/,
  },
  {
    says: "credential_process prints junk",
    lines: "credential_process = echo canary",
    status: 4,
    found: /its credential_process printed something that is not JSON\n/,
  },
  {
    says: "credential_process is missing",
    lines: "credential_process = /no/such/program --password canary",
    status: 4,
    found: /exit status 127: .*\/no\/such\/program/,
  },
  {
    says: "credential_process has an unclosed quote",
    lines: 'credential_process = echo "canary',
    status: 4,
    found: /its credential_process failed with exit status \d+: .*quot/i,
  },
  {
    says: "credential_process is killed",
    lines: "credential_process = kill -9 $$",
    status: 4,
    found: /its credential_process was ended by signal 9\n/,
  },
  { says: "half a key", lines: "aws_access_key_id = canary", status: 4, found: /but no aws_secret_access_key\n/ },
  {
    says: "a role alone",
    lines: ROLE,
    status: 3,
    found: /role_arn, but neither source_profile nor credential_source\n/,
  },
  {
    says: "a source_profile that does not exist",
    lines: `${ROLE}source_profile = nope`,
    status: 3,
    found: /its source_profile "nope" does not exist\n/,
  },
  {
    says: "an sso_session that does not exist",
    lines: "sso_session = s\nsso_account_id = 123456789012\nsso_role_name = r",
    status: 3,
    found: /its sso_session "s" does not exist: there is no \[sso-session s\]\n/,
  },
];

for (const { says, lines, status, found } of profiles) {
  for (const [name, header, flags] of [["p", "profile p", ["--profile", "p"]], ["default", "default", []]] as const) {
    Deno.test(`broken settings of profile ${name}: ${says}`, async () => {
      await using home = tempHome();
      home.write(".aws/config", `[${header}]\n${lines}\n`);
      const outcome = await runAtmos([...LOOK, ...flags], { env: home.env({ ...QUIET, PATH: "/usr/bin:/bin" }) });
      assert.match(
        outcome.stderr,
        new RegExp(`^Error: Cannot (use|get) AWS (profile|credentials of profile) "${name}": `),
      );
      assert.match(outcome.stderr, found);
      assert.match(outcome.stderr, /^Error: .*\nHint: .*\n$/);
      assert.equal(outcome.status, status, outcome.stderr);
      assert.ok(!outcome.stderr.includes("canary"), outcome.stderr);
    });
  }
}

const variables: readonly (readonly [Record<string, string>, number, RegExp])[] = [
  [
    { AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://evil.example/x" },
    3,
    /AWS_CONTAINER_CREDENTIALS_FULL_URI "http:\/\/evil/,
  ],
  [{ AWS_EC2_METADATA_SERVICE_ENDPOINT: "junk", AWS_EC2_METADATA_DISABLED: "" }, 3, /_ENDPOINT "junk"/],
  [{ AWS_WEB_IDENTITY_TOKEN_FILE: "/none", AWS_ROLE_ARN: "junk" }, 3, /AWS_ROLE_ARN "junk"/],
  [
    { AWS_WEB_IDENTITY_TOKEN_FILE: "/none", AWS_ROLE_ARN: "arn:aws:iam::123456789012:role/r" },
    2,
    /web identity token "\/none": it does not exist/,
  ],
];
for (const [env, status, found] of variables) {
  Deno.test(`broken settings in the environment: ${JSON.stringify(env)}`, async () => {
    await using home = tempHome();
    const outcome = await runAtmos(LOOK, { env: home.env({ ...QUIET, ...env }) });
    assert.match(outcome.stderr, found);
    assert.match(outcome.stderr, /^Error: Cannot .*\nHint: .*\n$/);
    assert.equal(outcome.status, status, outcome.stderr);
  });
}

const TEST = "aws_broken_settings_test";
const hasMkfifo = hasProgram("mkfifo", `${TEST} (pipes)`);

const PIPES = ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_CA_BUNDLE"];
for (const variable of PIPES) {
  Deno.test({
    name: `a pipe for ${variable} is refused, not waited for`,
    ignore: !hasMkfifo,
    async fn() {
      await using home = tempHome();
      const made = await new Deno.Command("mkfifo", { args: [home.at("pipe")] }).output();
      assert.ok(made.success);
      const env = home.env({ ...QUIET, ...keyEnv(USER_KEY), [variable]: home.at("pipe") });
      const outcome = await runAtmos(LOOK, { env });
      assert.match(outcome.stderr, /pipe": it is a pipe, a socket or a device, not a regular file\nHint: /);
      assert.equal(outcome.status, 3);
    },
  });
}

/** What makes root a user like others, as far as files are concerned. */
const AS_ANYBODY = ["--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"];
const isRoot = Deno.uid() === 0;
const canBeAnybody = !isRoot || hasProgram("setpriv", `${TEST} (files that even root may not read)`);
if (!canBeAnybody) {
  console.log("SKIP aws_broken_settings_test (unreadable files): root may read everything, and setpriv is missing");
}

Deno.test({
  name: "settings that may not be read stop only those who need them",
  ignore: !canBeAnybody || Deno.build.os === "windows",
  async fn() {
    await using home = tempHome();
    await using standin = await startStandin();
    home.write(".aws/config", "[default]\nregion = eu-west-1\n", 0o000);
    const run = async (args: readonly string[], env: Record<string, string>) => {
      const words = [...isRoot ? ["setpriv", ...AS_ANYBODY] : [], ...atmosWords(), ...args];
      const output = await new Deno.Command(words[0]!, {
        args: words.slice(1),
        clearEnv: true,
        env: { PATH: Deno.env.get("PATH") ?? "", ...runtimeEnv(), ...home.env({ ...QUIET, ...env }) },
      }).output();
      return { status: output.code, stderr: new TextDecoder().decode(output.stderr) };
    };
    const env = { ...keyEnv(USER_KEY), AWS_ENDPOINT_URL: standin.url };
    const enough = await run([...LOOK, "--exec-command", "atmos"], env);
    assert.deepEqual(enough, { status: 0, stderr: "" });
    for (const [args, given] of [[[...LOOK, "--profile", "p"], env], [LOOK, {}]] as const) {
      const { status, stderr } = await run(args, given);
      assert.match(
        stderr,
        /^Error: Cannot read AWS settings ".*\/\.aws\/config": permission denied\nHint: Make .* readable/,
      );
      assert.equal(status, 3);
    }
  },
});
