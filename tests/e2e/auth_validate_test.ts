import { deepEqual, equal, match } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { documentedExample } from "../support/config/documented_example.ts";
import { tempHome } from "../support/machine/temp_home.ts";

const VALIDATE = ["auth", "validate"];

Deno.test("auth validate: the document's examples, word for word; what parts of a configuration lack is told", async () => {
  using home = tempHome();
  const cwd = home.at("repo");
  const lacking =
    /^Errors:\n\S*atmos\.yaml:6:19: auth\.[^\n]*\.via\.provider: found "company-sso": no providers [^\n]*\n/;
  const said = {
    configuration: [0, /^The configuration is valid: 1 provider, 1 identity, 2 integrations \(1 file\)\n$/],
    single_cluster: [3, lacking],
    multi_cluster: [3, lacking],
  } as const;
  for (const name of ["configuration", "single_cluster", "multi_cluster"] as const) {
    home.write("repo/atmos.yaml", documentedExample(name));
    const { status, stdout, stderr } = await runAtmos(VALIDATE, { env: home.env(), cwd });
    deepEqual({ status, stdout }, { status: said[name][0], stdout: "" }, name);
    match(stderr, said[name][1]);
  }
});

Deno.test("auth validate: the document's example of a custom path, in its HOME and in another", async () => {
  using home = tempHome();
  const cwd = home.at("repo");
  const lacking =
    /^Errors:\n\S*atmos\.yaml:6:19: auth\.integrations\[dev\/eks\]\.via\.identity: found "dev-admin": no /;
  home.write("repo/atmos.yaml", documentedExample("custom_path"));
  const own = await runAtmos(VALIDATE, { env: { HOME: "/home/user" }, cwd });
  equal(own.status, 3, own.stderr);
  match(own.stderr, lacking);
  const other = await runAtmos(VALIDATE, { env: home.env(), cwd });
  deepEqual([other.status, other.stdout], [3, ""]);
  match(other.stderr, lacking);
});

const SSO = "kind: aws/iam-identity-center, start_url: 'https://company.awsapps.com/start', region: us-east-1";

Deno.test("auth validate: many files, with imports, .atmos.d and profiles, all problems at once", async () => {
  using home = tempHome();
  home.write("repo/.git/HEAD", "ref: refs/heads/main\n");
  home.write("repo/.atmos.d/sso.yaml", `auth:\n  providers:\n    sso: {${SSO}}\n    odd: {kind: aws/samll}\n`);
  home.write("repo/team/.atmos.d/tags.yaml", "auth:\n  identities:\n    dev: {tags: [dev], tasg: [x]}\n");
  home.write("repo/team/atmos.yaml", "import: [conf/*.yaml, ../shared]\nauth:\n  realm: NOT VALID\n");
  home.write(
    "repo/team/conf/dev.yaml",
    "auth:\n  identities:\n    dev:\n      kind: aws/permission-set\n      via: {provider: sso}\n" +
      "      principal: {name: Admin, account: {id: '123456789012'}}\n",
  );
  home.write(
    "repo/shared/eks.yaml",
    [
      "auth:",
      "  integrations:",
      "    dev/eks:",
      "      kind: aws/eks",
      "      via: {identity: dev}",
      "      spec: {cluster: {name: dev, region: us-east-2, kubeconfig: {mode: '0888'}}}",
      "",
    ].join("\n"),
  );
  home.write("repo/team/profiles/ci/ci.yaml", "auth:\n  realm: ci\n  providers:\n    odd: {kind: aws/saml}\n");
  const cwd = home.at("repo/team");
  const { status, stdout, stderr } = await runAtmos(VALIDATE, { env: home.env({ ATMOS_TRUST: "1" }), cwd });
  deepEqual([status, stdout], [3, ""]);
  const lines = stderr.replaceAll(`${home.path}/repo/`, "").split("\n").map((line) => line.replace(/: found .*/, ""));
  deepEqual(lines, [
    "Errors:",
    "team/atmos.yaml:3:10: auth.realm",
    ".atmos.d/sso.yaml:4:17: auth.providers.odd.kind",
    "shared/eks.yaml:6:73: auth.integrations[dev/eks].spec.cluster.kubeconfig.mode",
    "Warnings:",
    'team/.atmos.d/tags.yaml:3:24: auth.identities.dev.tasg: unknown key; did you mean "tags"?',
    "The configuration is not valid: 3 errors, 1 warning (5 files)",
    "",
  ]);
  const json = await runAtmos([...VALIDATE, "--output", "json", "--config-profile=ci"], {
    env: home.env({ ATMOS_TRUST: "1" }),
    cwd,
  });
  const { valid, files, problems } = JSON.parse(json.stdout);
  deepEqual([json.status, json.stderr, valid, files.length], [3, "", false, 6]);
  deepEqual(Object.keys(problems[0]), ["severity", "file", "line", "column", "path", "message"]);
  const paths = problems.map(({ path }: { path: string }) => path);
  deepEqual([paths.includes("auth.realm"), paths.includes("auth.providers.odd.url")], [false, true]);
});

Deno.test("auth validate: what cannot be found or read is one clear line, a hint and its status", async () => {
  using home = tempHome();
  const cwd = home.at("repo");
  home.write("repo/x", "");
  const cases: readonly (readonly [readonly string[], number, RegExp, string?])[] = [
    [
      [],
      2,
      /^Error: Cannot validate configuration "atmos\.yaml": none found in .*\nHint: .*auth init\nHint: .*--config FILE\n$/,
    ],
    [
      ["--config", "no.yaml"],
      2,
      /^Error: Cannot find configuration "no\.yaml": there is no such file\n(?:Hint: .*\n){2}$/,
    ],
    [["--config-path", "no"], 2, /^Error: Cannot find configuration "no": .*\n(?:Hint: .*\n){2}$/],
    [["--output", "xml"], 2, /^Error: Cannot parse --output: "xml" is not one of text, json\nHint: .*\n$/],
    [["--outptu", "json"], 2, /^Error: Unknown flag --outptu\nHint: Did you mean --output\?\n$/],
    [["extra"], 2, /^Error: Cannot parse "extra": "auth validate" takes no arguments\nHint: .*\n$/],
    [[], 3, /^Errors:\n\S*atmos\.yaml:\d+:\d+: Cannot read configuration [^\n]*\nThe [^\n]*\n$/, "auth: [\n"],
    [[], 3, /^Errors:\n\S*atmos\.yaml:\d+:\d+: Cannot read configuration [^\n]*\nThe [^\n]*\n$/, "auth:\n\tx: 1\n"],
    [["--config-profile", "no"], 2, /^Error: Cannot find configuration profile "no": .*\nHint: .*\n$/, "a: 1\n"],
  ];
  for (const [flags, expected, said, text] of cases) {
    if (text !== undefined) home.write("repo/atmos.yaml", text);
    const { status, stdout, stderr } = await runAtmos([...VALIDATE, ...flags], { env: home.env(), cwd });
    deepEqual({ status, stdout }, { status: expected, stdout: "" }, `${flags} ${stderr}`);
    match(stderr, said);
  }
});

const IS_ROOT = Deno.uid() === 0;
if (IS_ROOT) console.log("SKIP auth validate, a file that is closed to us: root may read everything");

Deno.test({
  name: "auth validate: a file that is closed to us is one clear line",
  ignore: IS_ROOT,
  fn: async () => {
    using home = tempHome();
    home.write("repo/atmos.yaml", "a: 1\n", 0o000);
    const { status, stderr } = await runAtmos(VALIDATE, { env: home.env(), cwd: home.at("repo") });
    equal(status, 3);
    match(stderr, /^Error: .*Cannot read configuration .*\n$/);
  },
});
