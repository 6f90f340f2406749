import { deepEqual, equal, match } from "node:assert/strict";
import { CONFIG, type LoginWorld, loginWorld, NOBODY, ROLE } from "../support/runs/login_run.ts";
import { cluster } from "../support/standin/clusters.ts";
import { keyEnv, USER_KEY } from "../support/standin/keys.ts";

const STACKS = `stacks: {base_path: stacks, included_paths: ["deploy/*"], name_template: "{{ .vars.stage }}"}
components: {helmfile: {cluster_name_template: "{{ .vars.cluster }}"}}
`;
const VALUES = `vars: {stage: dev}
components:
  terraform:
    app:
      vars:
        id: !aws.account_id
        again: [!aws.account_id , !aws.caller_identity_arn ]
        user: !aws.caller_identity_user_id
        region: !aws.region
    plain: {vars: {a: 1}}
    other: {auth: {identities: {deploy: {default: true}}}, vars: {arn: !aws.caller_identity_arn }}
`;

async function stackWorld(files: Readonly<Record<string, string>>, config = ""): Promise<LoginWorld> {
  const world = await loginWorld({ config: config + STACKS, clusters: [cluster("dev-123456789012")] });
  for (const [path, text] of Object.entries(files)) world.home.write(`repo/${path}`, text);
  return world;
}

/** The vars of a component. */
async function varsOf(world: LoginWorld, name: string, env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = await world.run(["describe", "component", name, "-s", "dev", "-f", "json"], env);
  equal(status, 0, stderr);
  return JSON.parse(stdout).vars;
}

const KEYS = { ...keyEnv(USER_KEY), AWS_REGION: "eu-west-1" };

Deno.test("!aws.account_id and the like: of the environment's credentials, AWS is asked once and only when needed", async () => {
  await using world = await stackWorld({ "stacks/deploy/dev.yaml": VALUES });
  const { id, again: [account, arn], user, region } = await varsOf(world, "app", KEYS);
  match(`${id} ${arn} ${user}`, /^\d{12} arn:aws:\S+ \S+$/);
  deepEqual([account, region], [id, "eu-west-1"]);
  equal(world.aws.count("GetCallerIdentity"), 1);
  deepEqual(await varsOf(world, "plain", KEYS), { stage: "dev", a: 1 });
  equal(world.aws.count("GetCallerIdentity"), 1);
});

Deno.test("!aws.account_id and the like: of the identity that is the default or named, without asking for a login", async () => {
  await using world = await stackWorld({ "stacks/deploy/dev.yaml": VALUES }, CONFIG);
  const describe = ["describe", "component", "app", "-s", "dev", "-f", "json"];
  const before = await world.run(describe, NOBODY);
  deepEqual([before.status, before.stdout], [4, ""]);
  match(before.stderr, /^Error: Cannot .*"Dev"[^]*\nHint: .*atmos auth login/);
  equal((await world.run(["auth", "login", "Dev"])).status, 0);
  const { id, again: [, arn], region } = await varsOf(world, "app");
  deepEqual([id, region], ["123456789012", "us-east-2"]);
  match(arn, /assumed-role\/AWSReservedSSO_Admin/);
  match((await varsOf(world, "app", { ATMOS_IDENTITY: "deploy" })).again[1], /assumed-role\/deployer\/ci$/);
  match((await varsOf(world, "other")).arn, new RegExp(`assumed-role/${ROLE.split("/")[1]}/`));
});

Deno.test("a default of the stack that is above the identity of `auth use` is said to be", async () => {
  await using world = await stackWorld({ "stacks/deploy/dev.yaml": VALUES }, CONFIG);
  equal((await world.run(["auth", "login", "Dev"])).status, 0);
  const said = async (name: string) =>
    (await world.run(["describe", "component", name, "-s", "dev"])).stderr.match(/^Using .*$/m)?.[0];
  deepEqual([await said("app"), await said("other")], [undefined, undefined]);
  equal((await world.run(["auth", "use", "Dev"])).status, 0);
  const over = 'Using identity "deploy" (the default of the stack), not identity "Dev" (atmos auth use)';
  deepEqual([await said("app"), await said("other")], [undefined, over]);
});

Deno.test("!aws.account_id in the name of a cluster: accounts may be named, who the user is needs trust", async () => {
  const named = (call: string) =>
    `vars: {stage: dev, region: us-east-2}\ncomponents: {terraform: {eks: {vars: {id: ${call}, ` +
    `cluster: !template 'dev-{{ .vars.stage }}'}}}}\n`;
  await using world = await stackWorld({ "stacks/deploy/dev.yaml": named("!aws.account_id") });
  world.home.write("repo/atmos.yaml", STACKS.replace(".vars.cluster", "printf `dev-%s` .vars.id"));
  const update = ["aws", "eks", "update-kubeconfig", "eks", "-s", "dev"];
  const untrusting = { ...KEYS, ATMOS_TRUST: "0", ATMOS_FORCE_TTY: "" };
  const { status, stderr } = await world.run(update, untrusting);
  deepEqual([status, /context \S*dev-123456789012/.test(stderr)], [0, true], stderr);
  world.home.write("repo/stacks/deploy/dev.yaml", named("!aws.caller_identity_arn"));
  const refused = await world.run(update, untrusting);
  equal(refused.status, 3, refused.stderr);
  match(refused.stderr, /!aws\.caller_identity_arn/);
});

Deno.test("!aws.account_id: what fails says where, and lists ask AWS nothing", async () => {
  await using world = await stackWorld({ "stacks/deploy/dev.yaml": VALUES.replace("!aws.region", "!aws.region x") });
  const { status, stderr } = await world.run(["describe", "component", "app", "-s", "dev"], KEYS);
  equal(status, 3);
  match(stderr, /stacks\/deploy\/dev\.yaml:9:17: .*!aws\.region: it takes nothing after it$/m);
  equal((await world.run(["list", "components", "-s", "dev"], KEYS)).stdout, "app\nother\nplain\n");
  const { AWS_REGION: _, ...keys } = KEYS;
  world.home.write("repo/stacks/deploy/dev.yaml", VALUES);
  const without = await world.run(["describe", "component", "app", "-s", "dev"], keys);
  equal(without.status, 3);
  match(without.stderr, /!aws\.region: no region is configured: set AWS_REGION/);
});

Deno.test("!include of HCL: a whole file for vars, and a part of it", async () => {
  await using world = await stackWorld({
    "stacks/deploy/dev.yaml": `vars: {stage: dev}
components: {terraform: {app: {vars: !include ../../app.tfvars}, part: {vars: {zone: !include '../../app.tfvars .zones[-1]'}}}}
`,
    "app.tfvars": '# ours\nzones = ["a", "b"]\ntags = {\n  "k:1" = <<-EOT\n    text\n    EOT\n}\n',
  });
  deepEqual(await varsOf(world, "app"), { stage: "dev", zones: ["a", "b"], tags: { "k:1": "text\n" } });
  deepEqual(await varsOf(world, "part"), { stage: "dev", zone: "b" });
  const traced = await world.run(["describe", "component", "app", "-s", "dev", "--provenance"]);
  match(traced.stdout, /^ {4}k:1: "text\\n" {2}# app\.tfvars:4$/m);
  world.home.write("repo/app.tfvars", "zones = [1]\nid = upper(var.x)\n");
  const { status, stderr } = await world.run(["describe", "component", "app", "-s", "dev"]);
  equal(status, 3);
  match(
    stderr,
    /dev\.yaml:2:38: .*!include: ".*app\.tfvars", line 2, column 6: only values that are written out are read/,
  );
});
