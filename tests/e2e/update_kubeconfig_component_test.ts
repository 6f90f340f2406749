import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { type Standin, startStandin } from "../support/standin/aws_standin.ts";
import { cluster } from "../support/standin/clusters.ts";
import { KUBECONFIG } from "../support/config/multi_cluster.ts";
import { CONFIG, loginWorld, ROLE } from "../support/runs/login_run.ts";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { runEks, UPDATE } from "../support/runs/eks_run.ts";
import { USER_KEY } from "../support/standin/keys.ts";
import { type TempHome, tempHome } from "../support/machine/temp_home.ts";

const STACKS = `stacks: {base_path: stacks, included_paths: ["deploy/*"], name_pattern: "{environment}-{stage}"}
components:
  helmfile:
    cluster_name_template: "{{ .vars.stage }}-cluster"
`;
const DEV = `import: [catalog/eks]
vars: {environment: ue2, stage: dev, region: us-east-2}
`;
const EKS = "components: {terraform: {eks: {vars: {enabled: true}}}}\n";

interface Place {
  readonly home: TempHome;
  readonly aws: Standin;
}

function write({ home }: Pick<Place, "home">, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) home.write(`repo/${path}`, text);
}

async function place(atmos = STACKS): Promise<Place & AsyncDisposable> {
  const aws = await startStandin({ clusters: [cluster("dev-cluster")] });
  const home = tempHome();
  write({ home }, { "atmos.yaml": atmos, "stacks/deploy/dev.yaml": DEV, "stacks/catalog/eks.yaml": EKS });
  const dispose = async () => {
    await home[Symbol.asyncDispose]();
    await aws[Symbol.asyncDispose]();
  };
  return { home, aws, [Symbol.asyncDispose]: dispose };
}

function run({ home, aws }: Place, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return runEks({ home, aws, env, options: { cwd: home.at("repo") } }, [...UPDATE, ...args]);
}

Deno.test("component mode: the cluster, the region and where they come from; the same road as --name", async () => {
  await using world = await place();
  const { status, stderr } = await run(world, ["eks", "-s", "ue2-dev", "--alias", "dev", "--verbose"]);
  equal(status, 0, stderr);
  const repo = world.home.at("repo");
  match(
    stderr,
    new RegExp(
      `^Cluster dev-cluster: components\\.helmfile\\.cluster_name_template \\(${repo}/atmos\\.yaml:4\\)$`,
      "m",
    ),
  );
  match(stderr, new RegExp(`^Region us-east-2: vars\\.region \\(${repo}/stacks/deploy/dev\\.yaml:2\\)$`, "m"));
  match(stderr, new RegExp(`^Component eks of stack ue2-dev \\(${repo}/stacks/catalog/eks\\.yaml:1\\)$`, "m"));
  match(stderr, /^Added new context dev to \S+\/\.config\/atmos\/kube\/config$/m);
  match(world.home.read(".config/atmos/kube/config")!, /server: https:/);
});

Deno.test("component mode: without a stack, the only one that has it; several are told", async () => {
  await using world = await place();
  equal((await run(world, ["eks", "--dry-run"])).status, 0);
  write(world, { "stacks/deploy/prod.yaml": DEV.replace("dev", "prod") });
  const { status, stderr } = await run(world, ["eks", "--dry-run"]);
  deepEqual([status, stderr], [
    2,
    'Error: Cannot choose a stack for component "eks": 2 stacks have it\nHint: Specify one: -s STACK (ue2-dev, ue2-prod)\n',
  ]);
});

Deno.test("component mode: ATMOS_STACK is the usual stack of a component, and nothing to a cluster by its name", async () => {
  await using world = await place();
  write(world, { "stacks/deploy/prod.yaml": DEV.replace("dev", "prod") });
  const usual = { ATMOS_STACK: "ue2-dev" };
  equal((await run(world, ["eks", "--dry-run"], usual)).status, 0);
  const other = await run(world, ["eks", "-s", "ue2-prod", "--dry-run"], usual);
  match(other.stderr, /cluster "prod-cluster"/);
  const named = ["--name", "dev-cluster", "--region", "us-east-2", "--dry-run"];
  equal((await run(world, named, { ATMOS_STACK: "none" })).status, 0);
  const trust = (env: Readonly<Record<string, string>>) =>
    runAtmos(["auth", "trust", "eks", "--dry-run"], { cwd: world.home.at("repo"), env: world.home.env(env) });
  deepEqual([(await trust(usual)).status, (await trust({})).status], [0, 2]);
});

Deno.test("component mode: --name beside a component needs no stack; beside an integration it is refused", async () => {
  const linked = `${STACKS.replace("{{ .vars.stage }}-cluster", "{{ .vars.none }}")}auth:
  identities: {dev: {kind: aws/ambient}}
  integrations:
    dev/eks: {kind: aws/eks, via: {identity: dev}, spec: {cluster: {name: dev-cluster, region: us-east-2}}}
`;
  await using world = await place(linked);
  const named = ["--name", "dev-cluster", "--identity=false", "--dry-run"];
  const found = await run(world, ["eks", ...named]);
  equal(found.status, 0, found.stderr);
  match(found.stdout, /cluster\/dev-cluster/);
  write(world, { "stacks/deploy/prod.yaml": DEV.replace("dev", "prod") });
  equal((await run(world, ["eks", ...named], { ATMOS_STACK: "ue2-dev" })).status, 0);
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [["eks"], /2 stacks have it\nHint: Specify one: -s STACK/],
    [["dev/eks"], /Cannot use both "dev\/eks" and --name "dev-cluster"/],
    [["DEV/EKS"], /Cannot use both "DEV\/EKS" and --name "dev-cluster"/],
    [["eks", "vpc"], /Cannot use both "eks" and --name "dev-cluster"/],
    [["nowhere"], /Cannot find component "nowhere": no stack has it/],
  ];
  for (const [words, error] of cases) {
    const { status, stderr } = await run(world, [...words, ...named]);
    equal(status, 2, stderr);
    match(stderr, error);
  }
});

Deno.test("component mode: a component given by the path of its code, also with -C", async () => {
  await using world = await place();
  write(world, { "components/terraform/eks/main.tf": "", "components/terraform/none/main.tf": "" });
  const code = "components/terraform/eks";
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ["repo", [`./${code}`]],
    ["repo", [`./${code}`, "-s", "ue2-dev"]],
    ["repo", [code]],
    ["repo", [world.home.at(`repo/${code}`)]],
    ["repo", [".", "-C", code]],
    [`repo/${code}`, ["."]],
    [`repo/${code}`, ["./terraform/eks", "-C", "../.."]],
    ["repo/stacks", [`../${code}`, "-s", "ue2-dev"]],
  ];
  for (const [directory, words] of rows) {
    const options = { cwd: world.home.at(directory) };
    const { status, stderr } = await runEks({ ...world, env: {}, options }, [...UPDATE, ...words, "--dry-run"]);
    equal(status, 0, `${words}: ${stderr}`);
  }
  for (
    const [path, error] of [["./components", /not in a component directory/], [
      "./components/terraform/none",
      /"none"/,
    ]] as const
  ) {
    const { status, stderr } = await run(world, [path, "--dry-run"]);
    equal(status, 2, stderr);
    match(stderr, error);
  }
});

Deno.test("component mode: flags win over what the stacks say; a dry run writes nothing", async () => {
  await using world = await place(STACKS.replace("{{ .vars.stage }}-cluster", "{{ .vars.none }}"));
  const path = world.home.at("own");
  const args = ["eks", "-s", "ue2-dev", "--name", "dev-cluster", "--kubeconfig", path, "-n", "web"];
  const look = await run(world, [...args, "--dry-run"]);
  equal(look.status, 0, look.stderr);
  match(look.stdout, /namespace: web/);
  equal(world.home.read("own"), undefined);
  equal((await run(world, args)).status, 0);
  match(world.home.read("own")!, /dev-cluster/);
});

const NOT_RUN = "Warning: a dry run runs no commands, so every value of !exec is empty here\n";

Deno.test("component mode: a look does not run !exec of a trusted configuration, and says so once", async () => {
  await using world = await place(`settings: {x: !exec "touch proof && echo x"}\n${STACKS}`);
  const env = { ATMOS_TRUST: "1", PATH: "/usr/bin:/bin" };
  for (const args of [["eks", "-s", "ue2-dev"], ["eks"]]) {
    for (const flag of ["--dry-run", "--diff"]) {
      const before = world.home.files();
      const { status, stdout, stderr } = await run(world, [...args, flag], env);
      deepEqual([status, stderr.split(NOT_RUN).length], [0, 2], stderr);
      match(stdout, /cluster\/dev-cluster/);
      deepEqual(world.home.files(), before);
    }
  }
  const real = await run(world, ["eks"], env);
  deepEqual([real.status, real.stderr.includes(NOT_RUN), world.home.read("repo/proof")], [0, false, ""]);
});

Deno.test("component mode: a preview that needs a credential_process runs that, and nothing else", async () => {
  await using world = await place(`settings: {x: !exec "echo ran > proof"}\n${STACKS}`);
  const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey } = USER_KEY;
  world.home.write("keys.json", JSON.stringify({ Version: 1, AccessKeyId, SecretAccessKey }));
  world.home.write(".aws/config", `[profile asks]\ncredential_process = cat ${world.home.at("keys.json")}\n`);
  const env = { ATMOS_TRUST: "1", PATH: "/usr/bin:/bin" };
  const { status, stdout, stderr } = await run(world, ["eks", "-s", "ue2-dev", "--profile", "asks", "--dry-run"], env);
  deepEqual([status, stderr.split(NOT_RUN).length, world.home.read("repo/proof")], [0, 2, undefined], stderr);
  match(stdout, /cluster\/dev-cluster/);
});

Deno.test("component mode: helmfile's kubeconfig_path and AWS profile pattern", async () => {
  const more = '    kubeconfig_path: kube\n    helm_aws_profile_pattern: "{environment}-{stage}-helm"\n';
  await using world = await place(STACKS + more);
  const { accessKeyId, secretAccessKey } = USER_KEY;
  const keys = `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
  world.home.write(".aws/config", `[profile ue2-dev-helm]\n${keys}`);
  const { status, stderr } = await run(world, ["eks", "-s", "ue2-dev"], { ATMOS_TRUST: "1" });
  equal(status, 0, stderr);
  match(world.home.read("repo/kube/ue2-dev-kubecfg")!, /name: AWS_PROFILE\n\s+value: ue2-dev-helm/);
  const used = 'AWS profile "ue2-dev-helm" \\(components\\.helmfile\\.helm_aws_profile_pattern\\)';
  match(stderr, new RegExp(`^Using ${used}, not access key ${accessKeyId} \\(AWS_ACCESS_KEY_ID\\)$`, "m"));
});

Deno.test("component mode: a kubeconfig_path of the user's own file that base_path completes needs trust", async () => {
  await using world = await place(STACKS);
  const own = (path: string) =>
    world.home.write(".atmos/atmos.yaml", `components: {helmfile: {kubeconfig_path: ${path}}}\n`);
  own("kube");
  const { status, stderr } = await run(world, ["eks", "-s", "ue2-dev"]);
  equal(status, 3, stderr);
  match(
    stderr,
    /\.atmos\/atmos\.yaml:1:42: Cannot use components\.helmfile\.kubeconfig_path "\S+\/repo\/kube\/ue2-dev-kubecfg"/,
  );
  equal(world.home.read("repo/kube/ue2-dev-kubecfg"), undefined);
  own("~/mine");
  equal((await run(world, ["eks", "-s", "ue2-dev"])).status, 0);
  equal(world.home.read("mine/ue2-dev-kubecfg") !== undefined, true);
});

Deno.test("component mode: a kubeconfig outside ~/.kube, and a name made of the environment, need trust", async () => {
  const outside = `${STACKS}    kubeconfig_path: kube\n`;
  const below = `${STACKS}    kubeconfig_path: ~/.kube\n`;
  const made = DEV.replace("stage: dev", "stage: !env STAGE_OF_TEST");
  const written = DEV.replace("stage: dev", `stage: '{{ env "STAGE_OF_TEST" }}'`);
  const templates = "templates: {settings: {enabled: true}}\n";
  const cases = [
    [below, DEV, undefined],
    [
      outside,
      DEV,
      /^Error: \S+\/atmos\.yaml:5:22: Cannot use components\.helmfile\.kubeconfig_path "\S+\/kube\/\S+": it sets where a kubeconfig is written, /,
    ],
    [
      STACKS,
      made,
      /^Error: \S+\/stacks\/deploy\/dev\.yaml:2:33: Cannot use components\.helmfile\.cluster_name_template !env STAGE_OF_TEST: it reaches beyond this configuration, /,
    ],
    [
      STACKS + templates,
      written,
      /\/stacks\/deploy\/dev\.yaml:2:33: Cannot use \S+ \{\{ env "STAGE_OF_TEST" \}\}: it reaches beyond/,
    ],
  ] as const;
  for (const [atmos, manifest, refused] of cases) {
    await using world = await place(atmos.replace('"{environment}-{stage}"', '"{environment}"'));
    write(world, { "stacks/deploy/dev.yaml": manifest });
    const env = { STAGE_OF_TEST: "dev" };
    const use = () => run(world, ["eks", "-s", "ue2", "--alias", "dev"], env);
    if (refused !== undefined) {
      const before = world.home.files();
      const { status, stderr } = await use();
      deepEqual([status, world.aws.count("DescribeCluster"), world.home.files()], [3, 0, before], stderr);
      match(stderr, refused);
      match(stderr, /\nHint: Read it, then: atmos auth trust eks --stack ue2\nHint: In CI: set ATMOS_TRUST=1\n$/);
      const trust = ["auth", "trust", "eks", "-s", "ue2"];
      const options = { env: world.home.env(env), cwd: world.home.at("repo") };
      equal((await runAtmos([...trust, "--dry-run"], options)).status, 0);
      equal((await use()).status, 3);
      const trusted = await runAtmos([...trust, "--yes"], options);
      deepEqual([trusted.status, trusted.stdout], [0, ""], trusted.stderr);
      match(trusted.stderr, /\nTrusted 1 setting until it changes: /);
    }
    const { status, stderr } = await use();
    equal(status, 0, stderr);
  }
});

Deno.test("component mode: as the default identity of the stack", async () => {
  const config = STACKS + CONFIG.replace("default: true", "default: false");
  await using world = await loginWorld({ config, clusters: [cluster("dev-cluster")] });
  const auth = "auth: {identities: {deploy: {default: true}, gone: {default: false}}}\n";
  write(world, { "stacks/deploy/dev.yaml": DEV + auth, "stacks/catalog/eks.yaml": EKS });
  const args = [...UPDATE, "eks", "-s", "ue2-dev", "--exec-command", "atmos"];
  const { status, stderr } = await world.run([...args, "--verbose"]);
  equal(status, 0, stderr);
  match(stderr, /^Identity deploy: auth\.identities\.deploy\.default \(\S+\/stacks\/deploy\/dev\.yaml:3\)$/m);
  match(world.home.read(".config/atmos/kube/config")!, /--identity=deploy/);
  equal(world.aws.count("AssumeRole"), 1);
});

Deno.test("component mode: kubectl's plugin is never told of an identity that atmos.yaml has not, or has otherwise", async () => {
  await using world = await loginWorld({ config: STACKS + CONFIG, clusters: [cluster("dev-cluster")] });
  const role = (name: string) =>
    `{kind: aws/assume-role, via: {identity: Dev}, principal: {assume_role: "${ROLE}${name}"}}`;
  const auth = `auth: {identities: {deploy: ${role("2")}, stack-only: ${role("3")}, Dev: {env: []}}}\n`;
  write(world, { "stacks/deploy/dev.yaml": DEV + auth, "stacks/catalog/eks.yaml": EKS });
  const args = (...more: string[]) => [...UPDATE, "eks", "-s", "ue2-dev", ...more];
  const plugins = () => [...world.home.read(KUBECONFIG)!.matchAll(/--identity=(\S+)|AWS_PROFILE\n\s+value: (\S+)/g)];
  equal((await world.run(args("--exec-command", "atmos"))).status, 0);
  deepEqual(plugins().map(([, atmos]) => atmos), ["Dev"]);
  for (const name of ["deploy", "stack-only"]) {
    const as = ["--identity", name];
    const refused = await world.run(args(...as, "--exec-command", "atmos", "--dry-run"));
    equal(refused.status, 2);
    match(
      refused.stderr,
      new RegExp(`identity "${name}" is defined in a stack, and kubectl's plugin reads only atmos.yaml`),
    );
    // In place of an entry that has the other command as well.
    const { status, stderr } = await world.run(args(...as));
    equal(status, 0, stderr);
    deepEqual(plugins().map(([, , aws]) => aws), [name]);
  }
});

Deno.test("--region wins over what stacks and integrations say, also where AWS_REGION says the same", async () => {
  const integrations = "  integrations:\n" +
    "    dev/eks: {kind: aws/eks, via: {identity: Dev}, spec: {cluster: {name: dev-cluster, region: us-east-2}}}\n";
  const clusters = [cluster("dev-cluster"), cluster("dev-cluster", { region: "us-west-2" })];
  await using world = await loginWorld({ config: STACKS + CONFIG + integrations, clusters });
  write(world, { "stacks/deploy/dev.yaml": DEV, "stacks/catalog/eks.yaml": EKS });
  equal((await world.run(["auth", "login", "Dev", "--no-integrations"])).status, 0);
  for (const meant of [["eks", "-s", "ue2-dev"], ["dev/eks"], ["--name", "dev-cluster"]]) {
    for (const variable of ["AWS_REGION", "AWS_DEFAULT_REGION"]) {
      const regionOf = async (...flags: string[]) => {
        const { status, stderr } = await world.run([...UPDATE, ...meant, ...flags], { [variable]: "us-west-2" });
        equal(status, 0, stderr);
        return world.aws.calls.findLast(({ action }) => action === "DescribeCluster")!.region;
      };
      equal(await regionOf("--region", "us-west-2"), "us-west-2", meant.join(" "));
      equal(await regionOf(), meant[0] === "--name" ? "us-west-2" : "us-east-2", meant.join(" "));
    }
  }
});

Deno.test("component mode: what is wrong is said with its file and line, and nothing is written", async () => {
  await using world = await place();
  const cases: readonly (readonly [readonly string[], RegExp, number])[] = [
    [
      ["ek", "-s", "ue2-dev"],
      /Cannot find component "ek": .*did you mean "eks"\?\nHint: .*list components -s ue2-dev/,
      2,
    ],
    [["eks", "-s", "ue2-de"], /Cannot find stack "ue2-de": .*did you mean "ue2-dev"\?/, 2],
    [["-s", "ue2-dev"], /Cannot use stack "ue2-dev": no component was given/, 2],
    [["eks", "other", "-s", "ue2-dev"], /Cannot use both several components and --stack/, 2],
    [["nothing"], /Cannot use integration "nothing": no integration has that name/, 3],
  ];
  for (const [args, wanted, code] of cases) {
    const { status, stderr } = await run(world, args);
    equal(status, code, stderr);
    match(stderr, wanted);
    doesNotMatch(stderr, /^\s+at /m);
  }
  write(world, { "stacks/deploy/dev.yaml": DEV.replace(", region: us-east-2", "") });
  const { status, stderr } = await run(world, ["eks", "-s", "ue2-dev"]);
  equal(status, 3);
  match(
    stderr,
    /its region is not set\nHint: Set vars\.region in \S+dev\.yaml, or use --region REGION/s,
  );
  deepEqual(world.home.files().filter((path) => path.includes("kube")), []);
});

const KEYS = `aws_access_key_id = ${USER_KEY.accessKeyId}\naws_secret_access_key = ${USER_KEY.secretAccessKey}\n`;

Deno.test("component mode: a component that says no region is in that of the AWS profile, unless a variable names one", async () => {
  const profiles = `[default]\nregion = us-east-2\n${KEYS}[profile dev-p]\nregion = us-west-2\n${KEYS}`;
  const pattern = '    helm_aws_profile_pattern: "{stage}-p"\n';
  const cases: readonly (readonly [args: string[], env: Record<string, string>, atmos: string, region: RegExp])[] = [
    [[], {}, STACKS, /^Region us-east-2: region of AWS profile "default"$/m],
    [["--profile", "dev-p"], {}, STACKS, /^Region us-west-2: region of AWS profile "dev-p"$/m],
    [[], { AWS_PROFILE: "dev-p" }, STACKS, /^Region us-west-2: region of AWS profile "dev-p"$/m],
    [[], { AWS_DEFAULT_PROFILE: "dev-p" }, STACKS, /^Region us-west-2: region of AWS profile "dev-p"$/m],
    [[], {}, `${STACKS}${pattern}`, /^Region us-west-2: region of AWS profile "dev-p"$/m],
    [[], { AWS_REGION: "eu-west-1" }, `${STACKS}${pattern}`, /^Region eu-west-1: AWS_REGION$/m],
    [["--region", "eu-west-1"], {}, STACKS, /^Region eu-west-1: --region$/m],
  ];
  for (const [args, env, atmos, region] of cases) {
    await using world = await place(atmos);
    world.aws.clusters.push(...["us-west-2", "eu-west-1"].map((name) => cluster("dev-cluster", { region: name })));
    write(world, { "stacks/deploy/dev.yaml": DEV.replace(", region: us-east-2", "") });
    world.home.write(".aws/config", profiles);
    const none = { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" };
    const words = ["eks", "-s", "ue2-dev", "--verbose", "--dry-run", ...args];
    const { status, stdout, stderr } = await run(world, words, { ...none, ...env });
    equal(status, 0, stderr);
    match(stderr, region);
    match(stdout, new RegExp(`arn:aws:eks:${region.source.split(" ")[1]!.replace(":", "")}:`));
  }
});

Deno.test("component mode: a component that says no region is in that of its identity", async () => {
  await using world = await loginWorld({ config: `${CONFIG}${STACKS}` });
  write(world, { "stacks/deploy/dev.yaml": DEV.replace(", region: us-east-2", ""), "stacks/catalog/eks.yaml": EKS });
  await world.run(["auth", "login"]);
  const { status, stdout, stderr } = await world.run([...UPDATE, "eks", "-s", "ue2-dev", "--dry-run"]);
  equal(status, 0, stderr);
  match(stdout, /arn:aws:eks:us-east-2:/);
});

Deno.test("component mode: no message has what a function or a template took from a variable or a file", async () => {
  await using world = await place();
  const text = "canary-7";
  world.home.write("c.txt", text);
  for (const call of ["!env CANARY", `'{{ env "CANARY" }}'`, `'{{ getenv "CANARY" "x" }}'`, "!include ~/c.txt"]) {
    for (const key of ["region", "stage", "environment"]) {
      const vars = DEV.replace(new RegExp(`${key}: [\\w-]+`), `${key}: ${call}`);
      write(world, {
        "atmos.yaml": `${STACKS}templates: {settings: {enabled: true}}\n`,
        "stacks/deploy/dev.yaml": vars,
      });
      // A stack that is not there, for what is said of those that are.
      const args = ["eks", ...(key === "environment" ? ["-s", "nary-7-dev"] : []), "--output", "json", "--verbose"];
      const { stdout, stderr } = await run(world, args, { CANARY: text });
      equal(stderr.includes("Error: "), true, stderr);
      doesNotMatch(`${stdout}${stderr}`, /canary-7/, `${key}: ${call}`);
    }
  }
});
