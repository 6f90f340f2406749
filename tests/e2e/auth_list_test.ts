import { deepEqual, equal, match } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { FULL_AUTH, FULL_AUTH_SECRETS } from "../support/config/auth_samples.ts";
import { documentedExample } from "../support/config/documented_example.ts";
import { tempHome } from "../support/machine/temp_home.ts";

const KEY = { KEY: "wJalrXUtnFEMI" };

Deno.test("auth list: the document's example as a tree, by default, on stdout alone", async () => {
  using home = tempHome();
  home.write("repo/atmos.yaml", documentedExample("configuration"));
  const { status, stdout, stderr } = await runAtmos(["auth", "list"], { env: home.env(), cwd: home.at("repo") });
  deepEqual({ status, stderr }, { status: 0, stderr: "" });
  equal(
    stdout,
    `Authentication Configuration
└──company-sso (aws/iam-identity-center)
   ├──Region: us-east-1
   ├──Start URL: https://company.awsapps.com/start
   └──Identities
      └──dev-admin (aws/permission-set)
         ├──Principal
         │  ├──name: AdministratorAccess
         │  └──account
         │     └──id: 123456789012
         └──Integrations
            ├──dev/eks (aws/eks)
            │  ├──auto_provision: true
            │  └──cluster
            │     ├──name: dev-cluster
            │     ├──region: us-east-2
            │     └──alias: dev-eks
            └──staging/eks (aws/eks)
               ├──auto_provision: true
               └──cluster
                  ├──name: staging-cluster
                  ├──region: us-east-1
                  └──alias: staging-eks
`,
  );
});

Deno.test("auth list: every form, from many files and a profile, without a secret in any stream", async () => {
  using home = tempHome();
  home.write("repo/.atmos.d/auth.yaml", FULL_AUTH);
  home.write("repo/atmos.yaml", "import: [more/*.yaml]\n");
  home.write("repo/more/x.yaml", "auth: {identities: {extra: {kind: aws/ambient, tags: [prod]}}}\n");
  home.write("repo/profiles/ci/x.yaml", "auth: {identities: {ci-only: {kind: ambient}}}\n");
  const options = { env: home.env({ ...KEY, ATMOS_PROFILE: "ci", ATMOS_TRUST: "1" }), cwd: home.at("repo") };
  for (const format of ["tree", "table", "json", "yaml", "mermaid", "graphviz"]) {
    const { status, stdout, stderr } = await runAtmos(["auth", "list", "-f", format, "--verbose"], options);
    deepEqual({ status, stderr }, { status: 0, stderr: "" }, format);
    for (const name of ["company-sso", "dev-admin", "dev/eks", "extra", "ci-only"]) match(stdout, new RegExp(name));
    for (const secret of FULL_AUTH_SECRETS) equal(stdout.includes(secret), false, `${format} ${secret}`);
    equal(stdout.includes("\x1b"), false);
  }
  const tagged = await runAtmos(["auth", "list", "--identities", "--tags=prod,dev", "--format=json"], options);
  deepEqual(Object.keys(JSON.parse(tagged.stdout).identities), ["deployer", "dev-admin", "extra"]);
});

Deno.test("auth list: one bad provider warns and stops nothing; validate fails with 3", async () => {
  using home = tempHome();
  home.write("repo/atmos.yaml", FULL_AUTH.replace("kind: aws/saml", "kind: aws/samll"));
  const options = { env: home.env({ ...KEY, ATMOS_TRUST: "1" }), cwd: home.at("repo") };
  const { status, stdout, stderr } = await runAtmos(["auth", "list", "--format", "json"], options);
  equal(status, 0);
  deepEqual(Object.keys(JSON.parse(stdout).providers), ["company-sso"]);
  match(stderr, /^Warning: .*atmos\.yaml:8:18: auth\.providers\.okta\.kind: .*did you mean "aws\/saml"\?\n$/);
  equal((await runAtmos(["auth", "list", "--logs-level", "error"], options)).stderr, "");
  equal((await runAtmos(["auth", "validate"], options)).status, 3);
});

Deno.test("auth list: bad input is one clear line, a hint and its status", async () => {
  using home = tempHome();
  home.write("repo/atmos.yaml", FULL_AUTH);
  const cases: readonly (readonly [readonly string[], number, RegExp])[] = [
    [["--format", "xml"], 2, /^Error: Cannot parse --format: "xml" is not one of .*\nHint: .*\n$/],
    [["--providers", "--identities"], 2, /^Error: Cannot combine --providers with --identities: .*\nHint: .*\n$/],
    [["--tags"], 2, /^Error: Cannot parse --tags: its value is missing\nHint: .*\n$/],
    [["name"], 2, /^Error: Cannot parse "name": "auth list" takes no arguments\nHint: .*\n$/],
    [["--config", "nowhere.yaml"], 2, /^Error: Cannot find configuration "nowhere\.yaml": .*\n(?:Hint: .*\n){2}$/],
  ];
  for (const [flags, expected, said] of cases) {
    const { status, stdout, stderr } = await runAtmos(["auth", "list", ...flags], {
      env: home.env(KEY),
      cwd: home.at("repo"),
    });
    deepEqual({ status, stdout }, { status: expected, stdout: "" });
    match(stderr, said);
  }
});
