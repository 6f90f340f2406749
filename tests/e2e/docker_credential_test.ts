import { deepEqual, equal, match } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { ECR_PASSWORD } from "../support/standin/ecr.ts";
import { keyEnv, USER_KEY } from "../support/standin/keys.ts";
import { type LoginWorld, loginWorld, NOBODY, START_URL } from "../support/runs/login_run.ts";

const HOST = "123456789012.dkr.ecr.us-east-2.amazonaws.com";
const CONFIG = `auth:
  realm: test
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}
  identities:
    dev: {kind: aws/permission-set, default: true, via: {provider: sso}, principal: {name: Admin, account: "123456789012"}}
    ops/a: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Ops, account: "123456789012"}}
  integrations:
    dev/ecr: {kind: aws/ecr, via: {identity: dev}, spec: {registry: {account_id: "123456789012", region: us-east-2}}}
    public: {kind: aws/ecr-public, via: {identity: ops/a}}
`;
const SSO = {
  accounts: [{ id: "123456789012", name: "dev", email: "dev@example.com", roles: ["Admin", "Ops"] }],
};

function world(): Promise<LoginWorld> {
  return loginWorld({ config: CONFIG, sso: SSO });
}

/** As docker asks. */
async function ask(
  here: LoginWorld,
  { verb, stdin = "", env = {} }: { verb: string; stdin?: string; env?: Record<string, string> },
) {
  const options = { env: here.env({ ...NOBODY, ...env }), cwd: here.home.at("repo"), stdin };
  const { status, stdout, stderr } = await runAtmos(["docker-credential", verb], options);
  return { status, stdout, stderr };
}

Deno.test("docker-credential get: a password as the identity that atmos.yaml says for the registry", async () => {
  await using here = await world();
  await here.run(["auth", "login"]);
  for (const server of [HOST, `https://${HOST}`, `${HOST}\n`, HOST.replace("dkr.ecr.", "dkr.ecr-fips.")]) {
    const { status, stdout, stderr } = await ask(here, { verb: "get", stdin: server });
    deepEqual([status, stderr], [0, ""]);
    const { ServerURL, Username, Secret } = JSON.parse(stdout);
    deepEqual([ServerURL, Username], [server.trim(), "AWS"]);
    match(Secret, new RegExp(`^${ECR_PASSWORD}/ecr/us-east-2/.*AWSReservedSSO_Admin`));
  }
  const other = await ask(here, { verb: "get", stdin: "public.ecr.aws" });
  match(JSON.parse(other.stdout).Secret, /ecr-public\/us-east-1\/.*AWSReservedSSO_Ops/);
  const left = here.home.files().filter((path) => here.home.read(path)!.includes(ECR_PASSWORD));
  deepEqual(left, []);
});

Deno.test("docker-credential get: other servers are not known, in the very words that docker looks for", async () => {
  await using here = await world();
  for (const stdin of ["https://index.docker.io/v1/", "ghcr.io", "", `${HOST}.evil.com`]) {
    const answer = await ask(here, { verb: "get", stdin });
    deepEqual(answer, { status: 1, stdout: "credentials not found in native keychain\n", stderr: "" });
  }
  equal(here.aws.calls.length, 0);
});

Deno.test("docker-credential get: without a login one line says what to type, and no browser is opened", async () => {
  await using here = await world();
  here.home.write("bin/xdg-open", `#!/bin/sh\ntouch '${here.home.at("opened")}'\n`, 0o755);
  const env = { ATMOS_FORCE_TTY: "1", DISPLAY: ":0", PATH: `${here.home.at("bin")}:/usr/bin:/bin` };
  const { status, stdout, stderr } = await ask(here, { verb: "get", stdin: HOST, env });
  deepEqual([status, stderr], [1, `docker-credential-atmos: ${stdout}`]);
  match(stdout, /^Cannot use .*atmos auth login dev\n$/);
  equal(stdout.split("\n").length, 2);
  deepEqual([here.aws.calls.length, here.home.files().includes("opened")], [0, false]);
});

Deno.test("docker-credential get: a session that lasts is used without a person; the environment's keys where atmos.yaml has nobody", async () => {
  await using here = await world();
  await here.run(["auth", "login"]);
  here.home.write(".config/atmos/test/aws/sso/credentials", "");
  const renewed = await ask(here, { verb: "get", stdin: HOST });
  equal(renewed.status, 0, renewed.stdout);
  here.home.write("repo/atmos.yaml", "auth: {realm: test}\n");
  const ambient = await ask(here, { verb: "get", stdin: HOST, env: keyEnv(USER_KEY) });
  match(JSON.parse(ambient.stdout).Secret, /user\/dev/);
});

Deno.test("docker-credential: list, erase, version, store and what docker never says", async () => {
  await using here = await world();
  here.home.write(
    ".docker/config.json",
    `{"credHelpers":{"${HOST}":"atmos","gcr.io":"gcloud","public.ecr.aws":"atmos-x"}}`,
  );
  const list = await ask(here, { verb: "list" });
  deepEqual(JSON.parse(list.stdout), { [HOST]: "AWS", "public.ecr.aws": "AWS" });
  deepEqual(await ask(here, { verb: "erase", stdin: HOST }), { status: 0, stdout: "", stderr: "" });
  match((await ask(here, { verb: "version" })).stdout, /^docker-credential-atmos \(atmos\) \d/);
  const store = (fields: unknown) => ask(here, { verb: "store", stdin: JSON.stringify(fields) });
  deepEqual(await store({ ServerURL: HOST, Username: "AWS", Secret: "x" }), { status: 0, stdout: "", stderr: "" });
  const refused = await store({ ServerURL: "ghcr.io", Username: "me", Secret: "canary" });
  deepEqual(refused, {
    status: 1,
    stdout: "docker-credential-atmos makes passwords of ECR itself and keeps none of yours\n",
    stderr: "",
  });
  equal((await ask(here, { verb: "forget" })).status, 2);
});

Deno.test("ecr configure: docker asks a small program of ours, from any directory; nothing is kept", async () => {
  await using here = await world();
  const bin = here.home.at(".local/bin");
  const PATH = `/usr/bin:${bin}:/bin`;
  const before = `{"auths":{"${HOST}":{"auth":"${btoa("AWS:old")}"},"ghcr.io":{"auth":"bWU6cHc="}},"n":1e400}`;
  here.home.write(".docker/config.json", before);
  const named = ["dev/ecr", "public"];
  const plan = await here.run(["aws", "ecr", "configure", ...named, "--dry-run"], { ...NOBODY, PATH });
  equal(plan.status, 0, plan.stderr);
  match(plan.stderr, /^Would write \S+\/docker-credential-atmos\nWould set credHelpers "123\S+" to "atmos" in /);
  equal(here.home.read(".docker/config.json"), before);
  const { status, stderr } = await here.run(["aws", "ecr", "configure", ...named], { ...NOBODY, PATH });
  equal(status, 0, stderr);
  match(
    stderr,
    new RegExp(`^✓ Docker asks docker-credential-atmos for ${HOST}\n✓ Docker asks [^\n]*public\\.ecr\\.aws\n$`),
  );
  equal(
    here.home.read(".docker/config.json"),
    `{"auths":{"ghcr.io":{"auth":"bWU6cHc="}},"n":1e400,"credHelpers":{"${HOST}":"atmos","public.ecr.aws":"atmos"}}`,
  );
  await here.run(["auth", "login"]);
  const answer = await program(here, { name: `${bin}/docker-credential-atmos`, stdin: HOST });
  match(JSON.parse(answer).Secret, /AWSReservedSSO_Admin/);
  equal(Deno.statSync(`${bin}/docker-credential-atmos`).mode! & 0o777, 0o700);
  const undone = await here.run(["aws", "ecr", "configure", "--remove"], { ...NOBODY, PATH });
  equal(undone.status, 0, undone.stderr);
  equal(here.home.read(".docker/config.json"), '{"auths":{"ghcr.io":{"auth":"bWU6cHc="}},"n":1e400,"credHelpers":{}}');
  equal(here.home.files().includes(".local/bin/docker-credential-atmos"), false);
});

/** Runs a program as docker does, in a directory of its own. */
async function program(
  here: LoginWorld,
  { name, stdin }: { readonly name: string; readonly stdin: string },
): Promise<string> {
  const denoDirectory = (await import("../support/atmos/run_atmos.ts")).runtimeEnv();
  const env = { ...denoDirectory, ...here.env({ ...NOBODY, ATMOS_IDENTITY: "dev" }) };
  const child = new Deno.Command(name, {
    args: ["get"],
    clearEnv: true,
    env,
    cwd: "/",
    stdin: "piped",
    stdout: "piped",
  })
    .spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(stdin));
  await writer.close();
  return new TextDecoder().decode((await child.output()).stdout);
}

Deno.test("ecr configure: another identity than atmos.yaml's has a program of its own", async () => {
  await using here = await world();
  const bin = here.home.at("my bin");
  const args = ["aws", "ecr", "configure", "dev/ecr", "--identity", "ops/a", "--bin-dir", bin];
  const { status, stderr } = await here.run(args, NOBODY);
  equal(status, 0, stderr);
  const helper = JSON.parse(here.home.read(".docker/config.json")!).credHelpers[HOST];
  match(helper, /^atmos-ops-a-[0-9a-f]{8}$/);
  match(
    stderr,
    new RegExp(
      `Docker asks docker-credential-${helper} for .*\nHint: docker looks for programs on PATH: export PATH='.*my bin':"\\$PATH"`,
    ),
  );
  await here.run(["auth", "login"]);
  match(JSON.parse(await program(here, { name: `${bin}/docker-credential-${helper}`, stdin: HOST })).Secret, /SSO_Ops/);
});

Deno.test("ecr configure: a registry of a whole provider, as the identity that is named", async () => {
  await using here = await world();
  here.home.write(
    "repo/atmos.yaml",
    CONFIG.replace("default: true, ", "").replace("{identity: ops/a}", "{provider: sso}"),
  );
  const bin = here.home.at("bin");
  const { status, stderr } = await here.run(
    ["aws", "ecr", "configure", "--identity", "ops/a", "--bin-dir", bin],
    NOBODY,
  );
  equal(status, 0, stderr);
  const [name] = here.home.files().filter((path) => path.startsWith("bin/docker-credential-"));
  match(here.home.read(name!)!, /^unset ATMOS_IDENTITY\nexec .* --identity ops\/a docker-credential "\$@"$/m);
});

Deno.test("ecr configure: what somebody else has put in the way stays", async () => {
  await using here = await world();
  const path = here.home.write("b/docker-credential-atmos", "#!/bin/sh\necho mine\n", 0o755);
  const { status, stderr } = await here.run(
    ["aws", "ecr", "configure", "--public", "--bin-dir", here.home.at("b")],
    NOBODY,
  );
  equal(status, 6);
  match(stderr, /^Error: Cannot write "\S+docker-credential-atmos": another file is there\nHint: .*--bin-dir/);
  equal(Deno.readTextFileSync(path), "#!/bin/sh\necho mine\n");
  equal(here.home.files().includes(".docker/config.json"), false);
});

Deno.test("ecr logout: our login goes, other people's and other keys stay", async () => {
  await using here = await world();
  here.home.write(
    ".docker/config.json",
    `{"auths": {"${HOST}": {"auth": "${btoa("AWS:pw")}", "email": "a@b"}, "public.ecr.aws": {"auth": "${
      btoa("me:pw")
    }"}}}`,
  );
  const named = ["--registry", HOST, "--public"];
  const dry = await here.run(["aws", "ecr", "logout", ...named, "--dry-run"], NOBODY);
  equal(dry.stderr, `Would log out of ${HOST}\nNothing to remove: docker is not logged in to public.ecr.aws.\n`);
  const { status, stderr } = await here.run(["aws", "ecr", "logout", ...named], NOBODY);
  deepEqual([status, stderr.split("\n")[0]], [0, `✓ Logged out of ${HOST}`]);
  equal(
    here.home.read(".docker/config.json"),
    `{"auths": {"${HOST}": {"email": "a@b"}, "public.ecr.aws": {"auth": "${btoa("me:pw")}"}}}`,
  );
});
