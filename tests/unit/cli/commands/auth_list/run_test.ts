import { load } from "js-yaml";
import { deepEqual, equal, match } from "node:assert/strict";
import { printable } from "../../../../../src/cli/output/text.ts";
import { FULL_AUTH, FULL_AUTH_SECRETS, ODD_NAMES, oddAuth } from "../../../../support/config/auth_samples.ts";
import { memoryAtmos, type MemoryAtmosOptions } from "../../../../support/atmos/memory_atmos.ts";

const FILE = "/home/me/repo/atmos.yaml";
const FORMATS = ["tree", "table", "json", "yaml", "mermaid", "graphviz"];

async function list(flags: readonly string[] = [], options: MemoryAtmosOptions & { readonly text?: string } = {}) {
  const { text = FULL_AUTH, ...more } = options;
  return await memoryAtmos(["auth", "list", ...flags], {
    files: { [FILE]: text },
    env: { KEY: "wJalrXUtnFEMI", ATMOS_TRUST: "1" },
    ...more,
  });
}

/** The names of each family. */
async function names(flags: readonly string[]) {
  const { identities, providers, integrations } = JSON.parse((await list([...flags, "-f", "json"])).out);
  return [Object.keys(providers), Object.keys(identities), Object.keys(integrations)];
}

const PROVIDERS = ["company-sso", "okta"];
const IDENTITIES = ["break-glass", "deployer", "dev-admin"];
const INTEGRATIONS = ["dev/ecr", "dev/eks", "sso/public"];

Deno.test("auth list: the tree shows what is reached through what, and the default", async () => {
  const { status, out, err } = await list();
  deepEqual({ status, err }, { status: 0, err: "" });
  equal(
    out,
    `Authentication Configuration
├──company-sso (aws/iam-identity-center)
│  ├──Region: us-east-1
│  ├──Start URL: https://company.awsapps.com/start
│  ├──Integrations
│  │  └──sso/public (aws/ecr-public)
│  └──Identities
│     └──dev-admin (aws/permission-set) [DEFAULT]
│        ├──Principal
│        │  ├──name: AdministratorAccess
│        │  └──account
│        │     └──id: 123456789012
│        ├──Integrations
│        │  └──dev/eks (aws/eks)
│        │     └──cluster
│        │        ├──name: dev-cluster
│        │        ├──region: us-east-2
│        │        └──proxy_url: http://proxy:3128
│        └──deployer (aws/assume-role)
│           ├──Principal
│           │  └──assume_role: arn:aws:iam::123456789012:role/deployer
│           └──Integrations
│              └──dev/ecr (aws/ecr)
│                 ├──auto_provision: false
│                 └──registry
│                    ├──account_id: 123456789012
│                    └──region: us-east-2
├──okta (aws/saml)
│  ├──Region: eu-west-1
│  └──URL: https://x.okta.com/app
└──Standalone Identities
   └──break-glass (aws/user)
`,
  );
});

Deno.test("auth list: where the tree leaves out what is above, the line says it", async () => {
  equal(
    (await list(["--identities", "deployer"])).out,
    `Authentication Configuration
└──Identities
   └──deployer (aws/assume-role) via identity dev-admin
      └──Principal
         └──assume_role: arn:aws:iam::123456789012:role/deployer
`,
  );
  match(
    (await list(["--integrations", "sso/public"])).out,
    /└──sso\/public \(aws\/ecr-public\) via provider company-sso\n$/,
  );
});

Deno.test("auth list: the table has a column for each thing, in line", async () => {
  const { out } = await list(["--format", "table"]);
  equal(
    out,
    `PROVIDER     KIND                     REGION     DEFAULT  TAGS
company-sso  aws/iam-identity-center  us-east-1  -        corp
okta         aws/saml                 eu-west-1  -        -

IDENTITY     KIND                VIA                   DEFAULT  STATE  TAGS     PRINCIPAL
break-glass  aws/user            -                     -        -      -        -
deployer     aws/assume-role     identity dev-admin    -        -      prod     assume_role=arn:aws:iam::123456789012:role/deployer
dev-admin    aws/permission-set  provider Company-SSO  yes      -      dev,all  name=AdministratorAccess account.id=123456789012

INTEGRATION  KIND            VIA                   SPEC
dev/ecr      aws/ecr         identity deployer     auto_provision=false registry.account_id=123456789012 registry.region=us-east-2
dev/eks      aws/eks         identity dev-admin    cluster.name=dev-cluster cluster.region=us-east-2 cluster.proxy_url=http://proxy:3128
sso/public   aws/ecr-public  provider company-sso  -
`,
  );
});

Deno.test("auth list: JSON and YAML say the same, in the words of atmos.yaml", async () => {
  const json = JSON.parse((await list(["--format", "json"])).out);
  deepEqual(load((await list(["--format", "yaml"])).out), json);
  deepEqual(Object.keys(json), ["identities", "providers", "integrations"]);
  deepEqual(json.providers["company-sso"], {
    kind: "aws/iam-identity-center",
    start_url: "https://company.awsapps.com/start",
    region: "us-east-1",
    tags: ["corp"],
  });
  deepEqual(json.identities["dev-admin"], {
    kind: "aws/permission-set",
    default: true,
    tags: ["dev", "all"],
    via: { provider: "Company-SSO" },
    principal: { name: "AdministratorAccess", account: { id: "123456789012" } },
    env: [{ key: "TOKEN", value: "***" }],
  });
  deepEqual(json.identities["break-glass"].credentials, { access_key_id: "***", secret_access_key: "***" });
  deepEqual(json.integrations["dev/ecr"].spec, {
    auto_provision: false,
    registry: { account_id: "123456789012", region: "us-east-2" },
  });
});

for (const format of FORMATS) {
  Deno.test(`auth list: ${format} shows no secret, whatever is asked for`, async () => {
    const runs = [[], ["--providers"], ["--identities"], ["--integrations"], ["--verbose", "--logs-level=trace"]];
    for (const flags of runs) {
      const { out, err } = await list(["--format", format, ...flags]);
      for (const secret of FULL_AUTH_SECRETS) equal(`${out}${err}`.includes(secret), false, `${flags} ${secret}`);
    }
  });

  Deno.test(`auth list: ${format} sends a terminal nothing that it obeys, and colours only to a terminal`, async () => {
    const odd = await list(["--format", format], { text: oddAuth() });
    deepEqual(odd.out.split("\n").map(printable).join("\n"), odd.out);
    equal(odd.status, 0);
    const colored = await list(["--format", format], { tty: { stdout: true } });
    equal(colored.out.includes("\x1b"), format === "tree" || format === "table");
    for (const env of [{ NO_COLOR: "1" }, { TERM: "dumb" }]) {
      equal((await list(["--format", format], { tty: { stdout: true }, env })).out.includes("\x1b"), false);
    }
    equal((await list(["--format", format, "--no-color"], { tty: { stdout: true } })).out.includes("\x1b"), false);
  });
}

Deno.test("auth list: odd names survive JSON and YAML", async () => {
  const plain = ODD_NAMES.filter((name) => !name.includes("\u202e"));
  for (const text of [oddAuth(), oddAuth(plain)]) {
    const json = JSON.parse((await list(["-f", "json"], { text })).out);
    deepEqual(Object.entries(load((await list(["-f", "yaml"], { text })).out) as object), Object.entries(json));
    deepEqual(Object.keys(json.identities).length, text === oddAuth() ? ODD_NAMES.length : plain.length);
  }
});

Deno.test("auth list: each family alone, all of it or by name, in any case", async () => {
  deepEqual(await names([]), [PROVIDERS, IDENTITIES, INTEGRATIONS]);
  deepEqual(await names(["--providers"]), [PROVIDERS, [], []]);
  deepEqual(await names(["--identities"]), [[], IDENTITIES, []]);
  deepEqual(await names(["--integrations"]), [[], [], INTEGRATIONS]);
  deepEqual(await names(["--providers=OKTA"]), [["okta"], [], []]);
  deepEqual(await names(["--identities", "dev-admin, break-glass,dev-admin"]), [[], ["break-glass", "dev-admin"], []]);
  deepEqual(await names(["--integrations=dev/eks"]), [[], [], ["dev/eks"]]);
});

Deno.test("auth list: the families exclude one another", async () => {
  const pairs = [["--providers", "--identities"], ["--providers=a", "--integrations"], [
    "--identities",
    "--integrations",
  ]];
  for (const pair of pairs) {
    const { status, out, err } = await list(pair);
    deepEqual({ status, out }, { status: 2, out: "" });
    match(err, /^Error: Cannot combine --\w+ with --\w+: they exclude each other\nHint: /);
  }
});

Deno.test("auth list: any of the tags is enough, and they go together with the other flags", async () => {
  deepEqual(await names(["--tags", "prod"]), [[], ["deployer"], ["dev/ecr"]]);
  deepEqual(await names(["--tags", "prod,corp"]), [["company-sso"], ["deployer"], ["dev/ecr", "sso/public"]]);
  deepEqual(await names(["--tags=dev", "--tags=prod"]), [[], ["deployer", "dev-admin"], ["dev/ecr", "dev/eks"]]);
  deepEqual(await names(["--identities", "--tags", "all, none"]), [[], ["dev-admin"], []]);
  deepEqual(await names(["--identities=deployer", "--tags", "dev"]), [[], [], []]);
});

Deno.test("auth list: what nothing is called gives an empty list, status 0, and a word on stderr", async () => {
  const { status, out, err } = await list(["--identities", "dev-admn,xyz", "-f", "json"]);
  equal(status, 0);
  deepEqual(JSON.parse(out), { identities: {}, providers: {}, integrations: {} });
  equal(
    err,
    'Warning: there is no identity "dev-admn". Did you mean "dev-admin"?\n' +
      'Warning: there is no identity "xyz"\n' +
      "No entry of the auth section matches.\n",
  );
  match((await list(["--tags", "prd"])).err, /^Warning: nothing has the tag "prd". Did you mean "prod"\?\n/);
  equal((await list(["--providers=x", "--logs-level", "error"])).err, "No entry of the auth section matches.\n");
});

Deno.test("auth list: one bad provider is a warning; the rest is listed, status 0", async () => {
  const text = FULL_AUTH.replace("kind: aws/saml", "kind: aws/samll");
  const { status, out, err } = await list(["--format", "json"], { text });
  equal(status, 0);
  deepEqual(Object.keys(JSON.parse(out).providers), ["company-sso"]);
  match(err, /^Warning: \/home\/me\/repo\/atmos\.yaml:8:18: auth\.providers\.okta\.kind: found "aws\/samll": .*\n$/);
  equal((await list(["--logs-level", "off"], { text })).err, "");
  match(
    (await list(["--providers", "okta"], { text })).err,
    /\nWarning: provider "okta" cannot be used: atmos auth validate\n/,
  );
});

Deno.test("auth list: no configuration and no auth section are an empty list, and that is said", async () => {
  for (const [files, said] of [[{}, "no atmos.yaml was found"], [{ [FILE]: "a: 1" }, "defines nothing"]] as const) {
    for (const format of FORMATS) {
      const { status, out, err } = await list(["--format", format], { files });
      equal(status, 0);
      match(err, new RegExp(`^There is nothing to list: .*${said}\\.\nHint: .*atmos auth init\n$`));
      const framed = format !== "tree" && format !== "table";
      equal(out !== "", framed, format);
    }
  }
});

Deno.test("auth list: a thousand identities in long chains are listed whole", async () => {
  const chain = Array.from(
    { length: 1000 },
    (_, at) =>
      `    i${at}: {kind: aws/assume-role, via: {${at % 40 === 0 ? "provider: sso" : `identity: i${at - 1}`}}, ` +
      `principal: {assume_role: "arn:aws:iam::123456789012:role/x"}}`,
  );
  const sso = "    sso: {kind: aws/iam-identity-center, start_url: 'https://x.awsapps.com/start', region: us-east-1}";
  const text = `auth:\n  providers:\n${sso}\n  identities:\n${chain.join("\n")}\n`;
  const { out } = await list(["--format", "tree"], { text });
  equal(out.match(/aws\/assume-role/g)?.length, 1000);
});

Deno.test("auth list: a chain that is too deep to draw is told, and is no failure", async () => {
  const role = 'principal: {assume_role: "arn:aws:iam::123456789012:role/x"}';
  const names = Array.from({ length: 2000 }, (_, at) => `id-${at}`);
  const chain = names.map((name, at) =>
    at === 0
      ? `    ${name}: {kind: aws/ambient}\n`
      : `    ${name}: {kind: aws/assume-role, via: {identity: ${names[at - 1]}}, ${role}}\n`
  );
  const { status, out } = await list(["-f", "tree"], { text: `auth:\n  identities:\n${chain.join("")}` });
  equal(status, 0);
  match(out, /id-40 .*\n(.*\n)*.*└──… 1959 identities more below, too deep to draw: --format table\n$/);
  equal(out.includes("id-41 "), false);
});

Deno.test("auth list: an auth section that cannot be had is an error", async () => {
  const texts = ["auth: !include gone.yaml\n", "Auth: {Identities: !include gone.yaml}\n"];
  for (const text of texts) {
    const { status, out, err } = await list([], { text });
    deepEqual([status, out], [3, ""]);
    match(
      err,
      /^Error: .*atmos\.yaml:1:\d+: Cannot read configuration "auth\S*": !include: .*gone\.yaml.* does not exist/i,
    );
  }
  equal((await list([], { text: `${FULL_AUTH}x: !include gone.yaml\n` })).status, 0);
});

Deno.test("auth list: what needs trust is marked with its place, and the rest is listed all the same", async () => {
  const text =
    "auth: {realm: shared, providers: {p: {kind: aws/saml, url: 'https://x.example/', region: us-east-1}}}\n";
  const { status, out, err } = await list(["-f", "json"], { text, env: {} });
  deepEqual([status, Object.keys(JSON.parse(out).providers)], [0, ["p"]]);
  match(
    err,
    /atmos\.yaml:1:15: auth\.realm: it shares the logins of other directories: needs your trust: atmos auth trust/,
  );
  match(err, /atmos\.yaml:1:60: auth\.providers\.p\.url: it sets where a password is typed: needs your trust/);
});

Deno.test("auth list: an alias stands beside the name, and is data", async () => {
  const text = "auth:\n  identities: {runner: {kind: aws/ambient, alias: ci}}\n";
  equal((await list([], { text })).out.includes("runner (aws/ambient) alias ci\n"), true);
  match((await list(["-f", "table"], { text })).out, /^runner \(alias ci\) +aws\/ambient/m);
  equal(JSON.parse((await list(["-f", "json"], { text })).out).identities.runner.alias, "ci");
});
