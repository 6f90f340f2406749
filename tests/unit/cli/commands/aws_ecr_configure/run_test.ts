import { deepEqual, equal, match } from "node:assert/strict";
import { diskWith, memoryAtmos, type MemoryAtmosOptions } from "../../../../support/atmos/memory_atmos.ts";

const HOME = "/home/me";
const DOCKER = `${HOME}/.docker/config.json`;
const hostOf = (account: string, region = "us-east-2") => `${account}.dkr.ecr.${region}.amazonaws.com`;
const [DEV, SHARED, TWICE] = [hostOf("111111111111"), hostOf("222222222222"), hostOf("333333333333")];
const registry = (account: string) => `spec: {registry: {account_id: "${account}", region: us-east-2}}`;
const CONFIG = `auth:
  providers:
    sso: {kind: aws/iam-identity-center, start_url: "https://company.awsapps.com/start", region: us-east-1}
  identities:
    dev: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: dev}}
    ops: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Ops, account: dev}}
  integrations:
    dev/ecr: {kind: aws/ecr, via: {identity: dev}, ${registry("111111111111")}}
    shared: {kind: aws/ecr, via: {provider: sso}, ${registry("222222222222")}}
    one: {kind: aws/ecr, via: {identity: dev}, ${registry("333333333333")}}
    other: {kind: aws/ecr, via: {identity: ops}, ${registry("333333333333")}}
`;

function machine(docker?: string) {
  const config = docker === undefined ? {} : { [DOCKER]: docker };
  const disk = diskWith({ [`${HOME}/repo/atmos.yaml`]: CONFIG, [`${HOME}/bin/x`]: "", ...config });
  const ecr = (words: string, options: MemoryAtmosOptions = {}) =>
    memoryAtmos(["aws", "ecr", ...words.split(" ")], {
      disk,
      ...options,
      env: { PATH: `${HOME}/bin`, ...options.env },
    });
  const helpers = () => JSON.parse(disk.text(DOCKER) ?? "{}").credHelpers;
  return { disk, ecr, helpers };
}

Deno.test("ecr configure --all: what nothing says the identity of is a failure of its own, the rest is done: exit 5", async () => {
  const { ecr, helpers } = machine();
  const { status, err } = await ecr("configure --all");
  equal(status, 5);
  equal(
    err,
    `✓ Docker asks docker-credential-atmos for ${DEV}
Error: Cannot use integration "shared": several identities log in with its provider
Hint: Specify one: --identity NAME (dev, ops)
Error: Cannot log in to "${TWICE}" twice: "one" as dev and "other" as ops
Hint: Docker keeps one login a registry: specify one of the two integrations, or one identity for both: --identity NAME
`,
  );
  deepEqual(helpers(), { [DEV]: "atmos" });
});

Deno.test("ecr configure --all: the identity that is named decides, and the preferred one where it is left open", async () => {
  const named = machine();
  equal((await named.ecr("configure --all -i ops")).status, 0);
  deepEqual(named.helpers(), { [DEV]: "atmos-ops", [SHARED]: "atmos-ops", [TWICE]: "atmos-ops" });
  const preferred = machine();
  const { status, err } = await preferred.ecr("configure dev/ecr shared", { env: { ATMOS_IDENTITY: "OPS" } });
  deepEqual([status, err.match(/Error/g)], [0, null]);
  deepEqual(preferred.helpers(), { [DEV]: "atmos", [SHARED]: "atmos-ops" });
});

Deno.test("ecr configure: the only integration that is named, undecided, is the caller's mistake: exit 3, nothing is written", async () => {
  const { ecr, disk } = machine();
  const { status, err } = await ecr("configure shared");
  equal(status, 3);
  match(err, /^Error: Cannot use integration "shared": several .*\nHint: Specify one: --identity NAME \(dev, ops\)\n$/);
  const twice = await ecr("configure one other");
  equal(twice.status, 5);
  deepEqual([disk.text(DOCKER), disk.text(`${HOME}/bin/docker-credential-atmos`)], [undefined, undefined]);
});

Deno.test("ecr login --all --dry-run: the same failures, as text and as data", async () => {
  const { ecr } = machine();
  const text = await ecr("login --all --dry-run");
  equal(text.status, 5);
  match(text.err, /^Would log in to 111\S+ as dev \(stored in \S+\)\nError: Cannot use integration "shared": /);
  const { status, out } = await ecr("login --all --dry-run --output json");
  equal(status, 5);
  deepEqual(
    JSON.parse(out).registries.map((one: Record<string, unknown>) => [
      one["integration"],
      one["identity"],
      one["action"],
      (one["error"] as { code: string } | undefined)?.code,
    ]),
    [
      ["dev/ecr", "dev", undefined, undefined],
      ["shared", null, "failed", "integration-failed"],
      ["one", "dev", "failed", "integration-failed"],
      ["other", "ops", "failed", "integration-failed"],
    ],
  );
});

Deno.test("ecr logout: a helper that fails keeps no other registry back: exit 5", async () => {
  const text = JSON.stringify({
    auths: { [DEV]: {}, [SHARED]: { auth: btoa("AWS:x") } },
    credHelpers: { [DEV]: "bad" },
  });
  const { ecr, disk } = machine(text);
  const named = `logout --registry ${DEV} --registry ${SHARED}`;
  const { status, err } = await ecr(named, { run: [{ status: 1, stdout: "", stderr: "locked" }] });
  equal(status, 5);
  match(
    err,
    /^✓ Logged out of 222[^]*Error: Cannot look up the login for "111[^]*failed: locked\nHint: Try it yourself: /,
  );
  deepEqual(JSON.parse(disk.text(DOCKER)!).auths, { [DEV]: {} });
});

Deno.test("ecr configure on Windows: a .cmd file, and PATH as Windows has it", async () => {
  const { ecr, disk, helpers } = machine();
  const self = { command: "C:\\atmos\\atmos.exe", args: [] };
  const { status, err } = await ecr("configure dev/ecr", { os: "windows", self, env: { PATH: `C:/x;${HOME}/bin` } });
  deepEqual([status, err], [0, `✓ Docker asks docker-credential-atmos for ${DEV}\n`]);
  match(
    disk.text(`${HOME}/bin/docker-credential-atmos.cmd`)!,
    /^@rem [^\r\n]*\r\n@"C:\\atmos\\atmos\.exe" "--config=[^"]*atmos\.yaml" "docker-credential" %\*\r\n$/,
  );
  const elsewhere = await ecr("configure dev/ecr --bin-dir /home/me/b", { os: "windows", self });
  match(
    elsewhere.err,
    /\nHint: docker looks for programs on PATH: put \/home\/me\/b on it, and open a new terminal\n$/,
  );
  equal((await ecr("configure --remove", { os: "windows", self, env: { PATH: `C:/x;${HOME}/bin` } })).status, 0);
  deepEqual([helpers(), disk.text(`${HOME}/bin/docker-credential-atmos.cmd`)], [{}, undefined]);
  const strange = await ecr("configure dev/ecr", { os: "windows", self: { command: "C:\\ü\\atmos.exe", args: [] } });
  equal(strange.status, 2);
  match(strange.err, /is a \.cmd file, which cannot say .*\nHint: Log in instead: atmos aws ecr login\n$/);
});

Deno.test("ecr configure: a file in the place of a directory is none of PATH's, and no --bin-dir", async () => {
  const { ecr, disk } = machine();
  disk.put(`${HOME}/file`, "");
  const env = { PATH: `${HOME}/file:${HOME}/bin` };
  for (const path of [`${HOME}/file`, `${HOME}/file/below`]) {
    const { status, err } = await ecr(`configure dev/ecr --bin-dir ${path}`);
    equal(status, 2);
    match(err, /^Error: Cannot parse --bin-dir "[^"]*": .*not a directory\nHint: Specify a directory on PATH: /);
  }
  for (const words of ["configure dev/ecr", "configure --remove"]) equal((await ecr(words, { env })).status, 0);
});

Deno.test("ecr configure: one line for what DOCKER_AUTH_CONFIG hides, never its value", async () => {
  const { ecr } = machine();
  const env = { DOCKER_AUTH_CONFIG: JSON.stringify({ auths: { [DEV]: { auth: btoa("AWS:canary") } } }) };
  const { status, err } = await ecr("configure dev/ecr", { env });
  deepEqual([status, err], [
    0,
    `✓ Docker asks docker-credential-atmos for ${DEV}
Warning: docker 28.3 and later take the login at ${DEV} from DOCKER_AUTH_CONFIG, not this one
Hint: To use this login: unset DOCKER_AUTH_CONFIG, or remove the registry from it
`,
  ]);
  const quiet = await ecr("configure dev/ecr --logs-level error", { env });
  equal(quiet.err, `✓ Docker asks docker-credential-atmos for ${DEV}\n`);
});

Deno.test("ecr configure: docker's read-only file is refused by setting and removing, by a dry run, too", async () => {
  const text = JSON.stringify({ credHelpers: { [SHARED]: "atmos-ops" } });
  const { ecr, disk } = machine();
  disk.put(DOCKER, text, { mode: 0o400 });
  for (const words of ["configure dev/ecr", `configure --remove --registry ${SHARED}`]) {
    for (const line of [`${words} --dry-run`, words]) {
      const { status, err } = await ecr(line);
      deepEqual([status, err.split("\n").slice(-3)], [6, [
        `Error: Cannot write docker's "${DOCKER}": it is read-only (mode 0400)`,
        `Hint: To change it anyway: chmod u+w ${DOCKER}`,
        "",
      ]]);
    }
  }
  equal(disk.text(DOCKER), text);
});

Deno.test("ecr configure: another program that docker asked until now is named", async () => {
  const { ecr, helpers } = machine(
    JSON.stringify({ credHelpers: { [DEV]: "ecr-login", [SHARED]: "atmos", [TWICE]: "" } }),
  );
  const dry = await ecr("configure dev/ecr shared one -i dev --dry-run");
  match(
    dry.err,
    /Would set credHelpers "111\S+" to "atmos", no longer "ecr-login", in \/home\/me\/\.docker\/config\.json\n/,
  );
  const { status, err } = await ecr("configure dev/ecr shared one -i dev");
  deepEqual([status, err], [
    0,
    `✓ Docker asks docker-credential-atmos for ${DEV}, no longer docker-credential-ecr-login
✓ Docker asks docker-credential-atmos-dev for ${SHARED}, no longer docker-credential-atmos
✓ Docker asks docker-credential-atmos for ${TWICE}
`,
  ]);
  deepEqual(helpers(), { [DEV]: "atmos", [SHARED]: "atmos-dev", [TWICE]: "atmos" });
});

Deno.test("docker-credential get: where nothing says as whom, what is to be typed is a command, not a flag", async () => {
  const { disk } = machine();
  const { status, out, err } = await memoryAtmos(["docker-credential", "get"], { disk, lines: [SHARED] });
  equal(status, 1);
  equal(
    out,
    'Cannot use integration "shared": several identities log in with its provider. ' +
      `Specify one: atmos aws ecr configure --registry ${SHARED} --identity NAME (dev, ops)\n`,
  );
  equal(err, `docker-credential-atmos: ${out}`);
});

Deno.test("ecr configure: without a configuration the program asks none later, in whatever directory docker is", async () => {
  const disk = diskWith({ [`${HOME}/bin/x`]: "", [`${HOME}/repo/.git/HEAD`]: "" });
  const run = () => memoryAtmos(["aws", "ecr", "configure", "--registry", DEV], { disk, env: { PATH: `${HOME}/bin` } });
  equal((await run()).status, 0);
  const program = disk.text(`${HOME}/bin/docker-credential-atmos`)!;
  match(program, /\nunset ATMOS_IDENTITY\nexec .* --identity false docker-credential "\$@"\n$/);
  equal((await run()).status, 0);
  equal(disk.text(`${HOME}/bin/docker-credential-atmos`), program);
  deepEqual(JSON.parse(disk.text(DOCKER)!).credHelpers, { [DEV]: "atmos" });
});
