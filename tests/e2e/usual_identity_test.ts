import { deepEqual, equal, match } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { loginWorld, START_URL } from "../support/runs/login_run.ts";
import { keyEnv, USER_KEY } from "../support/standin/keys.ts";

const SSO = `providers: {sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}}`;
const set = (name: string) =>
  `${name}: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: {id: "123456789012"}}}`;

/** A user with an own configuration and with keys in ~/.aws, and a clone. */
async function userWorld(identities: readonly string[]) {
  const world = await loginWorld();
  world.home.write(".atmos/atmos.yaml", `auth: {${SSO}, identities: {${identities.map(set).join(", ")}}}\n`);
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = keyEnv(USER_KEY);
  world.home.write(
    ".aws/credentials",
    `[default]\naws_access_key_id = ${AWS_ACCESS_KEY_ID}\naws_secret_access_key = ${AWS_SECRET_ACCESS_KEY}\n`,
  );
  world.home.write("clone/.git/HEAD", "");
  world.home.write("elsewhere/x", "");
  const run = (cwd: string, ...args: readonly string[]) =>
    runAtmos(args, { env: world.env({ ATMOS_TRUST: "0" }), cwd: world.home.at(cwd) });
  return Object.assign(world, { runIn: run });
}

type UserWorld = Awaited<ReturnType<typeof userWorld>>;

const COMMANDS: readonly (readonly string[])[] = [
  ["aws", "eks", "list", "--region", "us-east-2"],
  ["aws", "eks", "update-kubeconfig", "--name", "dev-cluster", "--region", "us-east-2", "--dry-run"],
  ["aws", "ecr", "login", "--registry", "123456789012.dkr.ecr.us-east-2.amazonaws.com"],
];

/** Who AWS has been asked as, by the commands that do without an identity. */
async function callers(world: UserWorld, cwd: string): Promise<readonly string[]> {
  const from = world.aws.calls.length;
  for (const args of COMMANDS) {
    const { status, stderr } = await world.runIn(cwd, ...args);
    equal(status, 0, `${args.join(" ")}: ${stderr}`);
  }
  const signed = world.aws.calls.slice(from).map(({ principal }) => principal);
  return [...new Set(signed.filter((one) => one !== "anonymous"))];
}

/** What a clone may add that says nothing of which identity is meant. */
const ADDED: Readonly<Record<string, string>> = {
  "nothing of logins": "logs: {level: Warning}\n",
  "an empty section": "auth: {}\n",
  "an identity without a value": "auth: {identities: {x: null}}\n",
  "an identity": `auth: {identities: {${set("theirs")}}}\n`,
  "an identity of an unknown kind": "auth: {identities: {x: {kind: azure/none}}}\n",
};

for (const [what, text] of Object.entries(ADDED)) {
  Deno.test(`a clone that adds ${what}: the user's only identity is used there as elsewhere`, async () => {
    await using world = await userWorld(["mine"]);
    equal((await world.runIn("elsewhere", "auth", "login", "mine")).status, 0);
    world.home.write("clone/atmos.yaml", text);
    const outside = await callers(world, "elsewhere");
    match(outside.join(), /^arn:aws:sts::123456789012:assumed-role\/AWSReservedSSO_Admin\/dev$/);
    if (what === "an identity") equal((await world.runIn("clone", "auth", "login", "mine")).status, 0);
    deepEqual(await callers(world, "clone"), outside);
  });

  Deno.test(`a clone that adds ${what}: so is the one that \`auth use\` has chosen`, async () => {
    await using world = await userWorld(["first", "mine"]);
    equal((await world.runIn("elsewhere", "auth", "login", "mine")).status, 0);
    equal((await world.runIn("elsewhere", "auth", "use", "mine")).status, 0);
    world.home.write("clone/atmos.yaml", text);
    if (what === "an identity") equal((await world.runIn("clone", "auth", "login", "mine")).status, 0);
    match(
      (await callers(world, "clone")).join(),
      /^arn:aws:sts::123456789012:assumed-role\/AWSReservedSSO_Admin\/dev$/,
    );
  });
}

Deno.test("what `auth use` has chosen, and the user's own files no longer have, is no identity of a clone that is called so", async () => {
  await using world = await userWorld(["first", "mine", "gone"]);
  equal((await world.runIn("elsewhere", "auth", "use", "gone")).status, 0);
  const own = world.home.read(".atmos/atmos.yaml")!;
  for (const isDefault of [false, true]) {
    const left = own.replace(`, ${set("gone")}`, "");
    world.home.write(".atmos/atmos.yaml", isDefault ? left.replace("mine: {", "mine: {default: true, ") : left);
    for (const added of ["gone", "GONE"]) {
      world.home.write("clone/atmos.yaml", `auth: {identities: {${set(added)}, ${set("theirs")}}}\n`);
      for (const cwd of ["elsewhere", "clone"]) {
        for (const args of [...COMMANDS, ["auth", "whoami"], ["auth", "env"]]) {
          const { status, stderr } = await world.runIn(cwd, ...args);
          equal(status, 3, `${cwd}: ${args.join(" ")}: ${stderr}`);
          match(stderr, /^Error: Cannot (?:use identity "gone"|choose an identity): /m);
        }
      }
    }
  }
});

Deno.test("a clone's own default identity is used there, and several of the user's without a choice are none", async () => {
  await using world = await userWorld(["mine", "other"]);
  world.home.write("clone/atmos.yaml", "auth: {identities: {x: null}}\n");
  deepEqual(await callers(world, "clone"), [USER_KEY.principal]);
  world.home.write("clone/atmos.yaml", "auth: {identities: {them: {kind: aws/ambient, default: true}}}\n");
  const { stderr } = await world.runIn("clone", ...COMMANDS[0]!, "--verbose");
  match(stderr, /them/);
});

Deno.test("what `auth use` has chosen is above the user's own default in a clone, too, and below the clone's", async () => {
  await using world = await userWorld(["mine", "other"]);
  const own = world.home.read(".atmos/atmos.yaml")!;
  world.home.write(".atmos/atmos.yaml", own.replace("other: {", "other: {default: true, "));
  world.home.write("clone/atmos.yaml", "auth: {integrations: {}}\nlogs: {level: Info}\n");
  equal((await world.runIn("elsewhere", "auth", "use", "mine")).status, 0);
  const who = async (cwd: string) =>
    JSON.parse((await world.runIn(cwd, "auth", "env", "--format", "json")).stdout).ATMOS_IDENTITY;
  for (const text of Object.values(ADDED)) {
    world.home.write("clone/atmos.yaml", text);
    deepEqual([await who("elsewhere"), await who("clone")], ["mine", "mine"], text);
  }
  world.home.write(
    "clone/atmos.yaml",
    `auth: {identities: {${set("theirs").replace("{kind", "{default: true, kind")}}}\n`,
  );
  match((await world.runIn("clone", "auth", "env")).stderr, /several identities are the default/i);
});

Deno.test("where a clone's default is above the choice that was made for the user's own configuration, a line says so", async () => {
  await using world = await userWorld(["work", "other"]);
  for (const name of ["work", "other"]) equal((await world.runIn("elsewhere", "auth", "login", name)).status, 0);
  equal((await world.runIn("elsewhere", "auth", "use", "work")).status, 0);
  world.home.write("clone/atmos.yaml", "auth: {identities: {other: {default: true}}}\n");
  const over = 'Using identity "other" (the default of atmos.yaml), not identity "work" (atmos auth use)\n';
  for (const args of [["auth", "exec", "--", "true"], ["auth", "whoami"], ...COMMANDS]) {
    const { stderr } = await world.runIn("clone", ...args);
    equal(stderr.split("\n").filter((line) => `${line}\n` === over).length, 1, `${args.join(" ")}: ${stderr}`);
  }
});

Deno.test("auth status marks the identity that commands take, and none where they ask", async () => {
  await using world = await userWorld(["work", "other"]);
  equal((await world.runIn("elsewhere", "auth", "login", "work")).status, 0);
  equal((await world.runIn("elsewhere", "auth", "use", "work")).status, 0);
  const marked = async () => /^(\S+) \* /m.exec((await world.runIn("clone", "auth", "status")).stdout)?.[1];
  world.home.write("clone/atmos.yaml", "logs: {level: Warning}\n");
  deepEqual([await marked(), (await world.runIn("clone", "auth", "whoami")).status], ["work", 0]);
  world.home.write("clone/atmos.yaml", "auth: {identities: {x: {kind: aws/ambient}}}\n");
  const { stderr } = await world.runIn("clone", "auth", "whoami");
  equal(await marked(), undefined);
  match(stderr, /No identity is the default|no identity is the default/);
});

Deno.test("a default of a stack is above the choice that was made for the user's own configuration, too, and a line says so", async () => {
  for (const own of ["", ", default: true"]) {
    await using world = await userWorld(["work"]);
    const other = set("other").replace(/\}\}\}$/, `}}${own}}`);
    world.home.write(".atmos/atmos.yaml", `auth: {${SSO}, identities: {${set("work")}, ${other}}}\n`);
    for (const name of ["work", "other"]) equal((await world.runIn("elsewhere", "auth", "login", name)).status, 0);
    equal((await world.runIn("elsewhere", "auth", "use", "work")).status, 0);
    const stacks = 'stacks: {base_path: stacks, included_paths: ["*.yaml"], name_template: s}\n';
    world.home.write("clone/atmos.yaml", `${stacks}auth: {identities: {${set("theirs")}}}\n`);
    const component = "{auth: {identities: {other: {default: true}}}, vars: {id: !aws.account_id }}";
    world.home.write("clone/stacks/s.yaml", `components: {terraform: {c: ${component}}}\n`);
    const { status, stderr } = await world.runIn("clone", "describe", "component", "c", "-s", "s");
    equal(status, 0, stderr);
    match(stderr, /^Using identity "other" \(the default of the stack\), not identity "work" \(atmos auth use\)$/m);
  }
});
