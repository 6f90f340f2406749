import { deepEqual, equal, match } from "node:assert/strict";
import { CREDENTIALS, type LoginWorld, loginWorld, NOBODY, START_URL } from "../support/runs/login_run.ts";

const config = (provider: string) =>
  `auth:
  realm: test
  providers:
    ${provider}: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}
  identities:
    dev: {kind: aws/permission-set, via: {provider: ${provider}}, principal: {name: Admin, account: {id: "123456789012"}}}
    ops: {kind: aws/permission-set, via: {provider: ${provider}}, principal: {name: Ops, account: {id: "123456789012"}}}
`;
const roles = ["Admin", "Ops"];
const FORMER = CREDENTIALS.replace("/sso/", "/corp/");

/** A home with the logins of two identities below a provider whose name is another one by now. */
async function renamed(): Promise<LoginWorld> {
  const accounts = [{ id: "123456789012", name: "dev", email: "a@example.com", roles }];
  const world = await loginWorld({ config: config("corp"), sso: { accounts } });
  for (const name of ["dev", "ops"]) equal((await world.run(["auth", "login", name])).status, 0);
  world.home.write("repo/atmos.yaml", config("sso"));
  return world;
}

const sections = (text: string | undefined) => [...text?.matchAll(/^\[(\w+)\]$/gm) ?? []].map(([, name]) => name);

for (const isAgain of [false, true]) {
  const when = isAgain ? "after a login below the new one" : "before any other login";
  Deno.test(`auth logout: a provider that has another name by now, ${when}`, async () => {
    await using world = await renamed();
    if (isAgain) equal((await world.run(["auth", "login", "dev"], NOBODY)).status, 0);
    const { status, stderr } = await world.run(["auth", "logout", "dev"], NOBODY);
    match(stderr, /^✓ Logged out of dev /);
    deepEqual([status, sections(world.home.read(CREDENTIALS)), sections(world.home.read(FORMER))], [0, [], ["ops"]]);
  });
}

Deno.test("auth logout: another configuration's login of that name, below another provider of the realm, stays", async () => {
  await using world = await renamed();
  world.home.write("other/atmos.yaml", config("sso"));
  const { status } = await world.run(["-C", world.home.at("other"), "auth", "logout", "dev"], NOBODY);
  deepEqual([status, sections(world.home.read(FORMER))], [0, ["dev", "ops"]]);
});
