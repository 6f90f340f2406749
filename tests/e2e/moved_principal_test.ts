import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import { NOBODY } from "../support/runs/login_run.ts";
import { samlWorld } from "../support/runs/saml_run.ts";
import { READER, SAML_PROVIDER, samlXml, WRITER } from "../support/saml/document.ts";

type World = Awaited<ReturnType<typeof samlWorld>>;
type Variables = Readonly<Record<string, string>>;

const OF_READER = `${READER},${SAML_PROVIDER}`;
const OF_WRITER = `${WRITER},${SAML_PROVIDER.replace("123456789012", "210987654321")}`;
const USUAL = ".config/atmos/test/aws/corp/credentials";
const OLD = "expiration=2020-01-01T00:00:00Z";

/** Logs in as the identity whose role the response decides; returns what a shell has that is opened then. */
async function logIn(world: World, role: string): Promise<Variables> {
  world.home.write("repo/response", samlXml({ roles: [role] }));
  const login = ["auth", "login", "any", "--force", "--no-integrations", "--saml-assertion", "response"];
  const run = await world.run(login, NOBODY);
  equal(run.status, 0, run.stderr);
  const opened = await world.run(["auth", "env", "any", "--format", "json"], NOBODY);
  equal(opened.status, 0, opened.stderr);
  return JSON.parse(opened.stdout);
}

/** Whose keys the programs of a shell find. */
function findPrincipal(world: World, { AWS_SHARED_CREDENTIALS_FILE: path, AWS_PROFILE: profile }: Variables): string {
  const section = Deno.readTextFileSync(path!).split(`[${profile}]\n`)[1]!.split("\n[")[0]!;
  return world.aws.keys.get(/^aws_access_key_id = (\S+)/m.exec(section)![1]!)!.principal;
}

async function who(world: World, variables: Variables = {}): Promise<string> {
  const named = "ATMOS_IDENTITY" in variables ? [] : ["any"];
  const { stdout } = await world.run(["auth", "whoami", ...named, "--output", "json"], { ...NOBODY, ...variables });
  return stdout === "" ? "refused" : JSON.parse(stdout).principal ?? JSON.parse(stdout).arn;
}

const TOKEN = ["aws", "eks", "token", "--cluster-name", "dev-cluster", "--region", "us-east-2", "--identity", "any"];

async function tokenStatus(world: World, variables: Variables): Promise<number> {
  const line = [...TOKEN, "--config", world.home.at("repo/atmos.yaml")];
  return (await world.run(line, { ...NOBODY, ...variables })).status;
}

const saml = () => samlWorld({ provider: "url: https://idp.example.com/aws, driver: assertion" });

Deno.test("a role of a SAML response: open shells stay with the one that they were opened for, back and forth", async () => {
  await using world = await saml();
  const reader = await logIn(world, OF_READER);
  match(await who(world, reader), /\/reader\//);
  const writer = await logIn(world, OF_WRITER);
  notEqual(writer["AWS_SHARED_CREDENTIALS_FILE"], reader["AWS_SHARED_CREDENTIALS_FILE"]);
  for (const [variables, role, status] of [[reader, /\/reader/, 4], [writer, /\/writer/, 0]] as const) {
    match(findPrincipal(world, variables), role);
    equal(await tokenStatus(world, variables), status);
  }
  equal(await who(world, reader), "refused");
  match(await who(world), /\/writer\//);
  const again = await logIn(world, OF_READER);
  equal(again["AWS_SHARED_CREDENTIALS_FILE"], reader["AWS_SHARED_CREDENTIALS_FILE"]);
  match(await who(world, reader), /\/reader\//);
  deepEqual([await tokenStatus(world, reader), await tokenStatus(world, writer)], [0, 4]);
  match(findPrincipal(world, writer), /\/writer/);
});

Deno.test("a role of a SAML response: the last login counts, also when a former one's place is gone or another program's", async () => {
  for (
    const spoil of [
      (text: string) => text.replace(/expiration=\S+/, OLD),
      // As the Go atmos writes it.
      (text: string) => text.replaceAll(/^atmos_\w+ = .*\n/gm, "").replace(/= ASIA\S+/, "= ASIAOTHEREXAMPLE0001"),
      () => "",
    ]
  ) {
    await using world = await saml();
    await logIn(world, OF_WRITER);
    await logIn(world, OF_READER);
    world.home.write(USUAL, spoil(world.home.read(USUAL)!));
    match(await who(world), /\/reader\//);
    for (
      const [login, role] of [[OF_READER, /\/reader\//], [OF_WRITER, /\/writer\//], [OF_READER, /\/reader\//]] as const
    ) {
      const variables = await logIn(world, login);
      match(await who(world), role);
      match(await who(world, variables), role);
      equal(await tokenStatus(world, variables), 0);
    }
  }
});

Deno.test("a role of a SAML response: logins of two at once leave one of them, or none", async () => {
  await using world = await saml();
  const login = (role: string, name: string) => {
    const path = world.home.write(`repo/${name}`, samlXml({ roles: [role] }));
    return world.run(["auth", "login", "any", "--force", "--no-integrations", "--saml-assertion", path], NOBODY);
  };
  for (let round = 0; round < 3; round++) {
    await Promise.all([login(OF_READER, "a"), login(OF_WRITER, "b"), login(OF_READER, "c")]);
    match(await who(world), /refused|\/reader\/|\/writer\//);
    match(
      await who(world, await logIn(world, round % 2 === 0 ? OF_READER : OF_WRITER)),
      round % 2 === 0 ? /reader/ : /writer/,
    );
  }
});
