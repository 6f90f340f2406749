import { deepEqual, equal, match } from "node:assert/strict";
import { runtimeEnv } from "../support/atmos/run_atmos.ts";
import { ECR_PASSWORD } from "../support/standin/ecr.ts";
import { keyEnv, USER_KEY } from "../support/standin/keys.ts";
import { type DockerDaemon, startDockerDaemon } from "../support/machine/docker_daemon.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { type LoginWorld, loginWorld, NOBODY } from "../support/runs/login_run.ts";

const HOST = "123456789012.dkr.ecr.us-east-2.amazonaws.com";
const CONFIG = "auth: {realm: test}\n";

interface DockerRun {
  readonly here: LoginWorld;
  readonly daemon: DockerDaemon;
  readonly stdin?: string;
  /** Access keys of the environment, which come before the default identity. */
  readonly keys?: Readonly<Record<string, string>>;
}

/** The real docker client, which finds our program in ~/bin. */
async function docker(
  { here, daemon, stdin = "", keys = keyEnv(USER_KEY) }: DockerRun,
  args: readonly string[],
): Promise<string> {
  const env = here.env({ ...NOBODY, ...keys, PATH: `${here.home.at("bin")}:${Deno.env.get("PATH")}` });
  const child = new Deno.Command("docker", {
    args: ["-H", daemon.address, ...args],
    clearEnv: true,
    env: { ...runtimeEnv(), ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(stdin));
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  return [code, new TextDecoder().decode(stdout), new TextDecoder().decode(stderr)].join(" ");
}

Deno.test("the real docker pulls with what `atmos aws ecr login` has left in its file", async () => {
  if (!hasProgram("docker", "docker pull after ecr login")) return;
  await using here = await loginWorld({ config: CONFIG });
  await using daemon = startDockerDaemon();
  here.home.write(".docker/config.json", `{"auths":{"${HOST}":{"identitytoken":"old"}},"HttpHeaders":{"X-A":"1"}}`);
  equal(
    (await here.run(["aws", "ecr", "login", "-r", HOST, "--public"], { ...NOBODY, ...keyEnv(USER_KEY) })).status,
    0,
  );
  match(await docker({ here, daemon }, ["pull", `${HOST}/app:1`]), /^0 /);
  match(await docker({ here, daemon }, ["pull", "public.ecr.aws/docker/library/alpine"]), /^0 /);
  match(await docker({ here, daemon }, ["pull", "ghcr.io/some/body"]), /^0 /);
  const seen = daemon.pulls.map(({ image, username, password }) => [image, username, password?.slice(0, 26)]);
  deepEqual(seen, [
    [`${HOST}/app`, "AWS", `${ECR_PASSWORD}/ecr/u`],
    ["public.ecr.aws/docker/library/alpine", "AWS", `${ECR_PASSWORD}/ecr-p`],
    ["ghcr.io/some/body", undefined, undefined],
  ]);
});

Deno.test("the real docker asks docker-credential-atmos, and is told of others that there is nothing", async () => {
  if (!hasProgram("docker", "docker pull through docker-credential-atmos")) return;
  await using here = await loginWorld({ config: CONFIG });
  await using daemon = startDockerDaemon();
  const args = ["aws", "ecr", "configure", "-r", HOST, "--bin-dir", here.home.at("bin")];
  equal((await here.run(args, NOBODY)).status, 0);
  match(await docker({ here, daemon }, ["pull", `${HOST}/app`]), /^0 /);
  here.home.write(".docker/config.json", '{"credsStore":"atmos"}');
  match(await docker({ here, daemon }, ["pull", `${HOST}/app`]), /^0 /);
  match(await docker({ here, daemon }, ["pull", "ghcr.io/some/body"]), /^0 /);
  deepEqual(daemon.pulls.map(({ username, password }) => [username, password?.startsWith(ECR_PASSWORD)]), [
    ["AWS", true],
    ["AWS", true],
    [undefined, undefined],
  ]);
  const left = here.home.files().filter((path) => here.home.read(path)!.includes(ECR_PASSWORD));
  deepEqual(left, []);
});

Deno.test("the real docker is told what to type where there are no credentials", async () => {
  if (!hasProgram("docker", "docker pull without credentials")) return;
  await using here = await loginWorld({
    config: `auth:
  realm: test
  providers: {sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: "https://corp.awsapps.com/start"}}
  identities: {dev: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: "123456789012"}}}
`,
  });
  await using daemon = startDockerDaemon();
  await here.run(["aws", "ecr", "configure", "-r", HOST, "--bin-dir", here.home.at("bin")], NOBODY);
  match(await docker({ here, daemon, keys: {} }, ["pull", `${HOST}/app`]), /atmos auth login dev/);
});

Deno.test("our login leaves the file that docker's own login leaves", async () => {
  if (!hasProgram("docker", "docker login and ours")) return;
  for (
    const before of [
      undefined,
      '{\n\t"auths": {\n\t\t"ghcr.io": {\n\t\t\t"auth": "bWU6cHc="\n\t\t}\n\t},\n\t"psFormat": "x"\n}',
    ]
  ) {
    await using here = await loginWorld({ config: CONFIG });
    await using daemon = startDockerDaemon();
    const start = () => before === undefined ? undefined : here.home.write(".docker/config.json", before);
    start();
    await here.run(["aws", "ecr", "login", "-r", HOST], { ...NOBODY, ...keyEnv(USER_KEY) });
    const ours = here.home.read(".docker/config.json")!;
    const password = atob(JSON.parse(ours).auths[HOST].auth).slice(4);
    if (before === undefined) Deno.removeSync(here.home.at(".docker/config.json"));
    start();
    const login = ["login", "--username", "AWS", "--password-stdin", HOST];
    match(await docker({ here, daemon, stdin: password }, login), /^0 Login Succeeded/);
    deepEqual(JSON.parse(ours), JSON.parse(here.home.read(".docker/config.json")!));
    if (before === undefined) equal(ours.trimEnd(), here.home.read(".docker/config.json")!.trimEnd());
  }
});
