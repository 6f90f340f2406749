import { deepEqual, equal, match, ok } from "node:assert/strict";
import { diskWith, memoryAtmos, type MemoryAtmosOptions } from "../../../../support/atmos/memory_atmos.ts";

const HOME = "/home/me";
const DOCKER = `${HOME}/.docker/config.json`;
const BIN = `${HOME}/bin`;
const hostOf = (account: string) => `${account}.dkr.ecr.us-east-2.amazonaws.com`;
const [ONE, TWO] = [hostOf("111111111111"), hostOf("222222222222")];
const registry = (account: string) => `spec: {registry: {account_id: "${account}", region: us-east-2}}`;
const CONFIG = `auth:
  providers:
    sso: {kind: aws/iam-identity-center, start_url: "https://company.awsapps.com/start", region: us-east-1}
  identities:
    dev: {kind: aws/permission-set, default: true, via: {provider: sso}, principal: {name: Admin, account: dev}}
  integrations:
    one: {kind: aws/ecr, via: {identity: dev}, ${registry("111111111111")}}
    two: {kind: aws/ecr, via: {identity: dev}, ${registry("222222222222")}}
`;
const TREES = ["own", "clone"] as const;

/** Two repositories with the same names, and docker's file. */
function machine(docker: unknown = {}) {
  const trees = Object.fromEntries(TREES.map((tree) => [`${HOME}/${tree}/atmos.yaml`, CONFIG]));
  const disk = diskWith({ ...trees, [`${BIN}/x`]: "", [DOCKER]: JSON.stringify(docker) });
  const inTree = (tree: typeof TREES[number]) => (words: string, options: MemoryAtmosOptions = {}) =>
    memoryAtmos(["aws", "ecr", ...words.split(" ")], {
      ...options,
      disk,
      cwd: `${HOME}/${tree}`,
      env: { PATH: BIN, ...options.env },
    });
  const helpers = () => JSON.parse(disk.text(DOCKER)!).credHelpers;
  const program = (helper: string) => disk.text(`${BIN}/docker-credential-${helper}`);
  return { disk, own: inTree("own"), clone: inTree("clone"), helpers, program };
}

Deno.test("ecr configure: what another configuration has set stays, with one warning and the ways out; its program, too", async () => {
  for (const words of ["configure", "configure --all", "configure --all --dry-run"]) {
    const { own, clone, helpers, program } = machine();
    equal((await own("configure one")).status, 0);
    const before = program("atmos");
    const { status, err } = await clone(words);
    equal(status, 0);
    deepEqual(err.match(/^Warning: .*$/gm), [
      `Warning: docker-credential-atmos for ${ONE} stays: it belongs to identity "dev" of ${HOME}/own`,
    ]);
    match(err, /^Hint: To replace it: atmos aws ecr configure one$/m);
    match(err, /^Hint: To keep both, set DOCKER_CONFIG /m);
    equal(helpers()[ONE], "atmos");
    equal(program("atmos"), before);
    if (words.endsWith("dry-run")) continue;
    const other = helpers()[TWO];
    match(other, /^atmos-[0-9a-f]{16}$/);
    match(program(other)!, /--config=\/home\/me\/clone\/atmos\.yaml/);
  }
});

Deno.test("ecr configure: a registry that is named is taken over, and then is the other's no more", async () => {
  const { own, clone, helpers, program } = machine();
  await own("configure one");
  const { status, err } = await clone("configure one");
  deepEqual([status, /no longer docker-credential-atmos$/m.test(err)], [0, true]);
  match(helpers()[ONE], /^atmos-[0-9a-f]{16}$/);
  match((await own("configure --remove")).err, new RegExp(`^Kept: .*${ONE}: it belongs to .* of ${HOME}/clone$`, "m"));
  ok(program("atmos") !== undefined);
  equal((await clone("configure --remove")).status, 0);
  deepEqual(helpers(), {});
});

Deno.test("ecr configure: again in its own tree nothing is asked, and nothing is another's", async () => {
  const { own, helpers } = machine();
  for (const words of ["configure --all", "configure", "configure two"]) {
    const { status, err } = await own(words);
    deepEqual([status, err.match(/Warning|no longer/g)], [0, null]);
  }
  deepEqual(helpers(), { [ONE]: "atmos", [TWO]: "atmos" });
});

const AUTH = { auth: btoa("AWS:mine") };
const OTHERS: Readonly<Record<string, unknown>> = {
  "a login at ECR": { auths: { [ONE]: AUTH } },
  "another user's login": { auths: { [ONE]: { auth: btoa("me:mine") } } },
  "a login in the store for all": { auths: { [ONE]: {} }, credsStore: "pass" },
  "another program for the registry": { credHelpers: { [ONE]: "ecr-login" } },
  "a store for the registry": { credHelpers: { [ONE]: "pass" }, auths: { [ONE]: {} } },
  "this program, set by hand": { credHelpers: { [ONE]: "atmos" } },
};
for (const [what, docker] of Object.entries(OTHERS)) {
  Deno.test(`ecr configure: ${what}, of the user's own, stays unless the registry is named`, async () => {
    const { own, disk, helpers } = machine(docker);
    const before = disk.text(DOCKER);
    for (const words of ["configure --remove", "configure --remove --all", "configure --remove one", "logout --all"]) {
      equal((await own(words)).status, 0, words);
      equal(disk.text(DOCKER), before, words);
    }
    const { err } = await own("configure --all");
    match(err, new RegExp(`^Warning: docker.* ${ONE} stays: it is not one that atmos has made$`, "m"));
    const { [TWO]: mine, ...rest } = helpers();
    // Docker starts a program of that name for what is not ours.
    match(mine, what.startsWith("this program") ? /^atmos-[0-9a-f]{16}$/ : /^atmos$/);
    const { auths, credHelpers = {} } = docker as Record<string, Record<string, unknown>>;
    deepEqual([JSON.parse(disk.text(DOCKER)!).auths, rest], [auths, credHelpers]);
    equal((await own(`configure --registry ${ONE}`)).status, 0);
    match(helpers()[ONE], /^atmos/);
  });
}

Deno.test("ecr configure: a program that is not there is not put there for what others ask it", async () => {
  const { own, clone, disk, helpers, program } = machine();
  await own("configure one");
  disk.writer.remove(`${BIN}/docker-credential-atmos`);
  for (const DOCKER_CONFIG of [undefined, `${HOME}/second`]) {
    await clone("configure two", DOCKER_CONFIG === undefined ? {} : { env: { PATH: BIN, DOCKER_CONFIG } });
    equal(program("atmos"), undefined);
  }
  equal((await own("configure one")).status, 0);
  equal(helpers()[ONE], "atmos");
  match(program("atmos")!, /--config=\/home\/me\/own\/atmos\.yaml/);
});

Deno.test("ecr configure: a name that docker asks for all registries is another's", async () => {
  const { own, helpers } = machine({ credsStore: "atmos" });
  await own("configure --registry " + ONE);
  match(helpers()[ONE], /^atmos-[0-9a-f]{16}$/);
});

Deno.test("ecr configure --remove: the program that docker asked before is asked again", async () => {
  const { own, helpers, program } = machine({ credHelpers: { [ONE]: "ecr-login" } });
  await own("configure one");
  await own("configure --all");
  const { err } = await own("configure --remove");
  match(err, new RegExp(`no longer asks atmos for ${ONE}, but docker-credential-ecr-login again$`, "m"));
  deepEqual([helpers(), program("atmos")], [{ [ONE]: "ecr-login" }, undefined]);
});

Deno.test("ecr configure --remove: what was changed since stays", async () => {
  const { own, disk, helpers } = machine();
  await own("configure --all");
  disk.put(DOCKER, JSON.stringify({ credHelpers: { ...helpers(), [ONE]: "atmos-mine" } }));
  const { err } = await own("configure --remove");
  match(err, new RegExp(`^Kept: docker's credential helper for ${ONE}: `, "m"));
  deepEqual(helpers(), { [ONE]: "atmos-mine" });
});
