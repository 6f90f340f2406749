import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { hasProgram } from "../support/machine/has_program.ts";
import { fromFileUrl } from "../support/machine/paths.ts";
import { type ExampleCluster, type ExampleWorld, exampleWorld } from "../support/runs/example_run.ts";
import { USER } from "../support/saml/idp.ts";
import { USER_KEY } from "../support/standin/keys.ts";
import type { StandinOptions } from "../support/standin/world.ts";

const EXAMPLES = fromFileUrl(new URL("../../examples", import.meta.url));
const ACCOUNT = "123456789012";
const DEV: ExampleCluster = { name: "dev-cluster", account: ACCOUNT };
const [FIRST, SECOND, THIRD] = ["111122223333", "444455556666", "777788889999"] as const;
const NOBODY = { ATMOS_FORCE_TTY: "" };

interface Example extends Omit<StandinOptions, "clusters"> {
  readonly clusters?: readonly ExampleCluster[];
  /** What the folder's files and the environment need before the commands of its README run. */
  readonly prepare?: (world: ExampleWorld) => Readonly<Record<string, string>> | void;
  /** Looks at what they have shown and left. */
  readonly check: (world: ExampleWorld, shown: string) => void;
}

/** Who has asked a cluster for its pods; each was let in. */
function callers({ kubes }: ExampleWorld, name: string): readonly string[] {
  const pods = kubes[name]!.calls.filter(({ path }) => path.startsWith("/api/v1/namespaces/default/pods"));
  return [...new Set(pods.map(({ by }) => "arn" in by ? by.arn.replace(/\/[^/]*$/, "") : by.refusal))];
}

const ssoRole = (account: string, name: string) =>
  new RegExp(`^arn:aws:sts::${account}:assumed-role/AWSReservedSSO_${name}$`);

/** `kubectl` is what a stand-in of another program calls to show whose cluster it reaches. */
const PODS = "kubectl get pods -o name";

const TABLE: Readonly<Record<string, Example>> = {
  "minimal-sso": {
    clusters: [DEV],
    check(world, shown) {
      match(shown, /^web-0 +Running/m);
      match(callers(world, "dev-cluster").join(), ssoRole(ACCOUNT, "AdministratorAccess"));
    },
  },
  "multi-account": {
    clusters: [
      { name: "dev-cluster", account: FIRST },
      { name: "staging-cluster", account: SECOND },
      { name: "prod-cluster", account: THIRD, region: "us-west-2" },
    ],
    sso: {
      accounts: [FIRST, SECOND, THIRD].map((id) => (
        { id, name: id, email: `${id}@example.com`, roles: ["AdministratorAccess", "ReadOnlyAccess"] }
      )),
    },
    check(world, shown) {
      equal(shown.match(/^web-0 +Running/gm)?.length, 3);
      equal(world.aws.count("StartDeviceAuthorization"), 1);
      match(callers(world, "dev-cluster").join(), ssoRole(FIRST, "AdministratorAccess"));
      match(callers(world, "staging-cluster").join(), ssoRole(SECOND, "AdministratorAccess"));
      deepEqual(callers(world, "prod-cluster"), [`arn:aws:sts::${THIRD}:assumed-role/deployer`]);
    },
  },
  "github-actions": {
    clusters: [DEV],
    prepare: (world) => ({ ...world.job.env, ...NOBODY, GITHUB_ENV: world.home.write("github", "") }),
    check(world, shown) {
      match(world.home.read("github")!, /^ATMOS_IDENTITY=deployer$/m);
      match(shown, /^web-0 +Running/m);
      deepEqual(callers(world, "dev-cluster"), [`arn:aws:sts::${ACCOUNT}:assumed-role/deployer`]);
    },
  },
  "gitlab": {
    clusters: [DEV],
    prepare: (world) => ({ ...NOBODY, AWS_ID_TOKEN: "job.jwt.token", CI_PROJECT_DIR: world.home.at("repo") }),
    check(world) {
      equal(world.aws.calls[0]!.parameters["WebIdentityToken"], "job.jwt.token");
      deepEqual(callers(world, "dev-cluster"), [`arn:aws:sts::${ACCOUNT}:assumed-role/deployer`]);
      equal(Deno.statSync(world.home.at("repo.aws-token")).mode! & 0o777, 0o600);
    },
  },
  "saml-form": {
    prepare(world) {
      const text = world.home.read("repo/atmos.yaml")!.replace("https://sso.example.com", world.idp.url);
      world.home.write("repo/atmos.yaml", text);
      return { ...NOBODY, ATMOS_SAML_USERNAME: USER.name, ATMOS_SAML_PASSWORD: USER.password };
    },
    check: (_, shown) => match(shown, /arn:aws:sts::123456789012:assumed-role\/reader\//),
  },
  "iam-user": {
    prepare: () => ({
      ...NOBODY,
      ACCESS_KEY_ID: USER_KEY.accessKeyId,
      SECRET_ACCESS_KEY: USER_KEY.secretAccessKey,
      ATMOS_KEYRING_PASSWORD: "correct horse battery",
    }),
    check(world, shown) {
      match(shown, /arn:aws:iam::123456789012:user\//);
      for (const path of world.home.files()) doesNotMatch(world.home.read(path)!, new RegExp(USER_KEY.secretAccessKey));
    },
  },
  "ecr": {
    check(world) {
      const { auths = {}, credHelpers } = JSON.parse(world.home.read(".docker/config.json")!);
      deepEqual(auths, {});
      deepEqual(credHelpers, { [`${ACCOUNT}.dkr.ecr.us-east-2.amazonaws.com`]: "atmos", "public.ecr.aws": "atmos" });
      match(world.home.read("bin/docker-credential-atmos")!, /^#!\/bin\/sh/);
    },
  },
  "stacks": {
    clusters: [DEV],
    check(world, shown) {
      match(shown, /^ue2-dev$/m);
      match(shown, /^web-0 +Running/m);
      match(callers(world, "dev-cluster").join(), ssoRole(ACCOUNT, "AdministratorAccess"));
    },
  },
  "terraform": {
    clusters: [DEV],
    prepare: ({ program }) =>
      program("terraform", `echo "terraform $1 as $AWS_PROFILE"\nKUBECONFIG=$KUBE_CONFIG_PATHS ${PODS}`),
    check(world, shown) {
      match(shown, /^terraform init as dev-admin\npod\/web-0\nterraform plan as dev-admin\npod\/web-0$/m);
      match(callers(world, "dev-cluster").join(), ssoRole(ACCOUNT, "AdministratorAccess"));
    },
  },
  "helm": {
    clusters: [DEV],
    prepare: ({ program }) => program("helm", `echo "helm $*"\n${PODS}`),
    check(world, shown) {
      match(shown, /^helm upgrade --install shop \.\/chart\npod\/web-0$/m);
      match(callers(world, "dev-cluster").join(), ssoRole(ACCOUNT, "AdministratorAccess"));
    },
  },
};

for (const [name, { prepare, check, clusters = [], ...options }] of Object.entries(TABLE)) {
  Deno.test(`examples/${name}: the commands of its README do what it says`, async () => {
    if (clusters.length > 0 && !hasProgram("kubectl", `examples/${name}`)) return;
    await using world = await exampleWorld(`${EXAMPLES}/${name}`, { clusters, ...options });
    const { status, shown } = await world.runReadme(prepare?.(world) ?? {});
    equal(status, 0, shown);
    check(world, shown);
  });
}

Deno.test("examples: each folder is in the table of this test", () => {
  const folders = [...Deno.readDirSync(EXAMPLES)].filter(({ isDirectory }) => isDirectory).map(({ name }) => name);
  deepEqual(folders.sort(), Object.keys(TABLE).sort());
});

// A formatter takes `{{ x }}` outside of quotes for maps in maps.
Deno.test("examples: templates are in double braces", () => {
  const chart = `${EXAMPLES}/helm/chart/templates`;
  const texts = [...Deno.readDirSync(chart)].map(({ name }) => Deno.readTextFileSync(`${chart}/${name}`));
  match(texts.join("\n"), /"\{\{ \.Release\.Name \}\}"/);
  for (const text of texts) doesNotMatch(text, /\{ \{|\} \}/);
});
