import { deepEqual, equal, match, ok } from "node:assert/strict";
import { buildChain } from "../../src/auth/model/chain.ts";
import { childEnvironment } from "../../src/auth/environment/child_environment.ts";
import { readStoredCredentials } from "../../src/auth/files/credential_file.ts";
import { removeStoredCredentials, writeStoredCredentials } from "../../src/auth/files/credential_file_write.ts";
import { type CredentialLocation, credentialPlace } from "../../src/auth/files/credential_file_place.ts";
import { buildEnvironment } from "../../src/auth/environment/environment.ts";
import { readSsoSession, writeSsoSession } from "../../src/auth/files/sso_session_file.ts";
import { keepSecret } from "../../src/aws/client/credentials.ts";
import { denoHost } from "../../src/host/deno.ts";
import type { Host } from "../../src/host/host.ts";
import { Secret } from "../../src/secret.ts";
import { validated } from "../support/config/auth_texts.ts";
import { type Standin, startStandin } from "../support/standin/aws_standin.ts";
import { SESSION_KEY, type StandinKey, USER_KEY } from "../support/standin/keys.ts";
import { fakeHost } from "../support/host/fake_host.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { type TempHome, tempHome } from "../support/machine/temp_home.ts";

/** What a login leaves on a real disk, and what the real AWS CLI makes of it. */

const ROLE = 'principal: {assume_role: "arn:aws:iam::123456789012:role/x"}';
const { model } = await validated(`auth:
  providers:
    Company-SSO: {kind: aws/iam-identity-center, start_url: "https://company.awsapps.com/start", region: us-east-1}
  identities:
    dev: {kind: aws/assume-role, via: {provider: company-sso}, ${ROLE}}
    Core/Admin: {kind: aws/assume-role, via: {provider: company-sso}, ${ROLE}}
    two words: {kind: aws/assume-role, via: {provider: company-sso}, ${ROLE}}
    default: {kind: aws/assume-role, via: {provider: company-sso}, ${ROLE}}
`);

function hostIn(home: TempHome, env: Record<string, string> = {}): Host {
  return { ...denoHost(), env: fakeHost({ env: home.env(env) }).env };
}

function placeOf(host: Host, identity: string): CredentialLocation {
  return credentialPlace(host, { realm: "r", chain: buildChain(model, identity) })!;
}

function credentialsOf({ accessKeyId, secretAccessKey, sessionToken }: StandinKey) {
  const session = sessionToken === undefined ? {} : { sessionToken, expiration: new Date(Date.UTC(2030, 0, 1)) };
  return keepSecret({ accessKeyId, secretAccessKey, ...session });
}

interface Call {
  readonly home: TempHome;
  readonly place: CredentialLocation;
  readonly standin: Standin;
  readonly region: string | undefined;
}

/** The AWS CLI as `auth exec` starts it, from a parent that is somebody else. */
async function aws({ home, place, standin, region }: Call, line: string): Promise<string> {
  const inherited = ["PATH", "PYENV_ROOT", "PYENV_VERSION"].flatMap((name) => {
    const value = Deno.env.get(name);
    return value === undefined ? [] : [[name, value]];
  });
  const parent = {
    ...Object.fromEntries(inherited),
    ...home.env(),
    AWS_ACCESS_KEY_ID: "AKIAPARENT",
    AWS_SECRET_ACCESS_KEY: "parent",
    AWS_SESSION_TOKEN: "parent",
    AWS_PROFILE: "parent",
    AWS_ENDPOINT_URL: standin.url,
    AWS_MAX_ATTEMPTS: "1",
  };
  const login = buildEnvironment({
    ...{ source: { kind: "files", place }, region, expiration: undefined, env: [] },
    ...{ kubectl: { selectors: [], kubeconfigs: [], inherited: [], isNested: false } },
    ...{ dockerConfig: undefined, pathSeparator: ":", identity: place.profile },
    ...{ configuration: undefined, fingerprint: "", context: undefined },
  });
  const env = childEnvironment({
    parent,
    login,
    withheld: [],
    contexts: [],
    ambient: false,
    shell: false,
  });
  const { code, stdout, stderr } = await new Deno.Command("aws", {
    args: line.split(" "),
    clearEnv: true,
    env,
    stdin: "null",
  }).output();
  equal(code, 0, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

const FINGERPRINT = "f".repeat(64);
const present = hasProgram("aws", "the AWS CLI uses the credential files of a login");

for (const identity of ["dev", "Core/Admin", "two words", "default"]) {
  Deno.test({
    name: `credential files: aws uses those of identity "${identity}", and nothing of its parent`,
    ignore: !present,
    async fn() {
      await using standin = await startStandin({ clusters: [] });
      using home = tempHome();
      home.write(".aws/credentials", "[default]\naws_access_key_id = AKIAHOME\naws_secret_access_key = home\n");
      const host = hostIn(home);
      const place = placeOf(host, identity);
      const key = identity === "default" ? USER_KEY : SESSION_KEY;
      const others = keepSecret({ accessKeyId: "AKIAOTHER", secretAccessKey: "other" });
      const other = { ...place, profile: "other" };
      equal(
        (await writeStoredCredentials(host, {
          fingerprint: FINGERPRINT,
          place: other,
          credentials: others,
          region: "us-west-2",
        })).problem,
        undefined,
      );
      const credentials = credentialsOf(key);
      equal(
        (await writeStoredCredentials(host, { place, fingerprint: FINGERPRINT, credentials, region: "eu-west-1" }))
          .problem,
        undefined,
      );
      const call = { home, place, standin, region: undefined };
      const shown = await aws(call, "configure list");
      match(shown, new RegExp(`access_key[\\s:]+\\*+${key.accessKeyId.slice(-4)}[\\s:]+shared-credentials-file`));
      match(shown, /region[\s:]+eu-west-1[\s:]+(?:config-file|\S*config)/);
      const caller = JSON.parse(await aws(call, "sts get-caller-identity --output json"));
      equal(caller.Arn, key.principal);
      if (identity !== "dev") return;
      match(await aws({ ...call, region: "us-west-1" }, "configure list"), /region[\s:]+us-west-1[\s:]+env/);
    },
  });
}

Deno.test("credential files: on a real disk, private whatever the umask, read back, gone after logout", async () => {
  using home = tempHome();
  const host = hostIn(home);
  const place = placeOf(host, "Core/Admin");
  using _ = umask(0);
  equal(
    (await writeStoredCredentials(host, {
      place,
      fingerprint: FINGERPRINT,
      credentials: credentialsOf(SESSION_KEY),
      region: "eu-west-1",
    })).problem,
    undefined,
  );
  const directory = home.at(".config/atmos/r/aws/company-sso");
  equal(place.credentials, `${directory}/credentials`);
  for (const [path, mode] of [[directory, 0o700], [place.credentials, 0o600], [place.config, 0o600]] as const) {
    equal(Deno.statSync(path).mode! & 0o777, mode, path);
  }
  const { stored } = readStoredCredentials(host, { place, fingerprint: FINGERPRINT });
  equal(stored?.credentials.sessionToken?.reveal(), SESSION_KEY.sessionToken);
  equal(stored?.credentials.expiration, Date.UTC(2030, 0, 1));
  deepEqual(await removeStoredCredentials(host, place), []);
  deepEqual(home.files().map((path) => path.replace(/.*\//, "")), ["config.lock", "credentials.lock"]);
});

function umask(mask: number): Disposable {
  const before = Deno.umask(mask);
  return { [Symbol.dispose]: () => void Deno.umask(before) };
}

const WRITER = `
import { writeStoredCredentials } from "SRC/auth/files/credential_file_write.ts";
import { keepSecret } from "SRC/aws/client/credentials.ts";
import { denoHost } from "SRC/host/deno.ts";
const [place, writer] = JSON.parse(Deno.args[0]);
for (let at = 0; at < 10; at++) {
  const profile = "id-" + writer + "-" + at;
  const credentials = keepSecret({ accessKeyId: profile, secretAccessKey: "s" });
  const { problem } = await writeStoredCredentials(denoHost(), { place: { ...place, profile }, fingerprint: "f".repeat(64), credentials, region: undefined });
  if (problem !== undefined) throw new Error(problem.message);
}
`;

Deno.test("credential files: of many logins in many processes at once every one is there", async () => {
  using home = tempHome();
  const host = hostIn(home);
  const place = placeOf(host, "dev");
  const code = WRITER.replaceAll("SRC", new URL("../../src", import.meta.url).href);
  const writers = await Promise.all([0, 1, 2, 3, 4].map((writer) =>
    new Deno.Command(Deno.execPath(), {
      args: ["eval", "--quiet", "--no-lock", "--config", "deno.json", code, JSON.stringify([place, writer])],
      stdout: "null",
    }).output()
  ));
  deepEqual(writers.map(({ code, stderr }) => [code, new TextDecoder().decode(stderr)]), writers.map(() => [0, ""]));
  const names = writers.flatMap((_, writer) => Array.from({ length: 10 }, (_, at) => `id-${writer}-${at}`));
  const found = names.map((profile) =>
    readStoredCredentials(host, { place: { ...place, profile }, fingerprint: FINGERPRINT }).stored
  );
  deepEqual(found.map((stored) => stored?.credentials.accessKeyId), names);
  deepEqual(found.map((stored) => stored?.region), names.map(() => "us-east-1"));
});

Deno.test({
  name: "credential files: a program that holds flock on the Go atmos's lock file is waited for",
  ignore: !hasProgram("flock", "credential files wait for the Go atmos"),
  async fn() {
    using home = tempHome();
    const host = hostIn(home);
    const place = placeOf(host, "dev");
    home.write(".config/atmos/r/aws/company-sso/config.lock", "");
    const text = "[profile theirs]\nregion = eu-west-1\n";
    // It says that it has the lock, and writes when it is told to: a write of ours before that would be lost.
    const script = `echo locked; read _; printf %s '${text}' > '${place.config}'`;
    const child = new Deno.Command("flock", {
      args: [`${place.config}.lock`, "sh", "-c", script],
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    const reader = child.stdout.getReader();
    await reader.read();
    const write = writeStoredCredentials(host, {
      place,
      fingerprint: FINGERPRINT,
      credentials: credentialsOf(USER_KEY),
      region: undefined,
    });
    const stdin = child.stdin.getWriter();
    await stdin.write(new TextEncoder().encode("go\n"));
    await stdin.close();
    equal((await write).problem, undefined);
    await reader.cancel();
    ok((await child.status).success);
    equal(home.read(".config/atmos/r/aws/company-sso/config"), `${text}\n[profile dev]\nregion = us-east-1\n`);
  },
});

Deno.test("SSO session: on a real disk, private, read back, refused once others may read it", async () => {
  using home = tempHome();
  const host = hostIn(home);
  const name = { startUrl: "https://company.awsapps.com/start", region: "us-east-1", endpointUrl: undefined };
  const session = { ...name, accessToken: new Secret("t"), expiresAt: Date.UTC(2030, 0, 1), refresh: undefined };
  equal(await writeSsoSession(host, session), undefined);
  const path = home.files().map((file) => home.at(file)).find((file) => file.endsWith(".json"))!;
  equal(Deno.statSync(path).mode! & 0o777, 0o600);
  equal((await readSsoSession(host, name)).session?.accessToken.reveal(), "t");
  Deno.chmodSync(path, 0o644);
  match((await readSsoSession(host, name)).problem!.message, /other users may read it/);
});
