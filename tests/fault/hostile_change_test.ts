import { equal, match, ok } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { tempHome } from "../support/machine/temp_home.ts";
import { startStandin } from "../support/standin/aws_standin.ts";
import { CA_DATA } from "../support/standin/clusters.ts";

const CANARY = "CANARY-of-a-file";
const ROLE = "arn:aws:iam::123456789012:role/ci";

/** Settings that name a path, each with a command that uses it. */
const TREES: readonly { readonly setting: string; readonly config: string; readonly args: readonly string[] }[] = [{
  setting: "token_file",
  config: `auth:
  providers: { ci: { kind: github/oidc, region: us-east-2, spec: { token_file: ./place } } }
  identities: { dev: { kind: aws/assume-role, via: { provider: ci }, principal: { assume_role: "${ROLE}" } } }
`,
  args: ["auth", "login"],
}, {
  setting: "assertion_file",
  config: `auth:
  providers:
    page: { kind: aws/saml, url: "https://idp.example/x", region: us-east-2, driver: assertion, assertion_file: ./place }
  identities: { dev: { kind: aws/assume-role, via: { provider: page }, principal: { assume_role: "${ROLE}" } } }
`,
  args: ["auth", "login"],
}, {
  setting: "kubeconfig.path",
  config: `auth:
  identities: { dev: { kind: ambient } }
  integrations:
    eks:
      kind: aws/eks
      via: { identity: dev }
      spec: { cluster: { name: dev-cluster, region: us-east-2, kubeconfig: { path: ./place } } }
`,
  args: ["aws", "eks", "update-kubeconfig", "--all"],
}];

for (const { setting, config, args } of TREES) {
  Deno.test(`a trusted ${setting} that has become a link to another file is not trusted`, async () => {
    await using aws = await startStandin({});
    await using home = tempHome();
    home.write(".vault-token", CANARY);
    home.write("src/clone/atmos.yaml", config);
    const env = home.env({
      AWS_ENDPOINT_URL: aws.url,
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_MAX_ATTEMPTS: "1",
      AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
      AWS_SECRET_ACCESS_KEY: "s",
    });
    const run = (words: readonly string[]) => runAtmos(words, { env, cwd: home.at("src/clone"), isMeasured: false });
    equal((await run(["auth", "trust", "--yes"])).status, 0);
    const before = await run(args);
    ok(before.status !== 3 || !before.stderr.includes("trusted"), before.stderr);
    if (home.read("src/clone/place") !== undefined) Deno.removeSync(home.at("src/clone/place"));
    Deno.symlinkSync(home.at(".vault-token"), home.at("src/clone/place"));
    const { status, stderr } = await run(args);
    equal(status, 3, stderr);
    match(stderr, /"\.\/place" -> "\S+\/\.vault-token", which has changed since you trusted it/);
    equal(home.read(".vault-token"), CANARY);
    ok(!JSON.stringify(aws.calls).includes(CANARY));
    ok(!stderr.includes(CANARY));
  });
}

/** Lines and scripts that start lib/t.sh without naming it in one piece. */
const LINES: readonly (readonly [line: string, script: string])[] = [
  ["$PWD/lib/t.sh", ""],
  ["sh ./lib/*.sh", ""],
  ["PATH=$PWD/lib:$PATH t.sh", ""],
  ["bash a.sh", '. "$(dirname "${BASH_SOURCE[0]}")/lib/t.sh"\n'],
  ["bash a.sh", './"l"ib/t.sh\n'],
];

Deno.test("a file that a trusted command starts under no name of its own asks again when it has changed", async () => {
  for (const [line, script] of LINES) {
    using home = tempHome();
    home.write("src/clone/.git/HEAD", "ref: refs/heads/main\n");
    home.write("src/clone/atmos.yaml", `x: !exec ${line}\n`);
    home.write("src/clone/a.sh", script);
    home.write("src/clone/lib/t.sh", "#!/bin/sh\necho >../ran\n", 0o700);
    const options = { env: home.env({ PATH: Deno.env.get("PATH")! }), cwd: home.at("src/clone"), isMeasured: false };
    equal((await runAtmos(["auth", "trust", "--yes"], options)).status, 0);
    const first = await runAtmos(["auth", "env", "-i", "x"], options);
    ok(home.read("src/ran") !== undefined, `${line} starts it: ${first.stderr}`);
    home.write("src/clone/lib/t.sh", "#!/bin/sh\necho >../evil\n", 0o700);
    const { status, stderr } = await runAtmos(["auth", "env", "-i", "x"], options);
    equal(status, 3, stderr);
    match(stderr, /which has changed since you trusted it: it runs a command/);
    equal(home.read("src/evil"), undefined, line);
  }
});

const KUBE_CONTEXT = `
  integrations:
    eks:
      kind: aws/eks
      via: { identity: me }
      spec:
        cluster:
          { name: lab, region: us-east-2, alias: lab, endpoint: "https://attacker.example", certificate_authority_data: ${CA_DATA} }
`;

/** Edits of ordinary fields, each of which gives a trusted setting other credentials. */
const TURNS: readonly { readonly says: string; readonly config: string; readonly edit: readonly [string, string][] }[] =
  [{
    says: "an endpoint of a cluster, for another identity and cluster",
    config: `auth:
  identities:
    me: { kind: ambient }
    dev-admin: { kind: aws/user }
${KUBE_CONTEXT}`,
    edit: [["via: { identity: me }", "via: { identity: dev-admin }"], ["name: lab", "name: prod"], [
      "alias: lab",
      "alias: prod",
    ]],
  }, {
    says: "an endpoint of a cluster, for an identity that has become another",
    config: `auth:
  identities:
    me: { kind: ambient }
${KUBE_CONTEXT}`,
    edit: [["me: { kind: ambient }", "me: { kind: aws/user }"]],
  }, {
    says: "an endpoint of AWS, for an identity that has become a role",
    config: `auth:
  providers:
    own: { kind: aws/saml, url: "https://idp.example/x", region: us-east-2, driver: assertion, assertion_file: ./place }
  identities:
    me: { kind: aws/ambient, spec: { endpoint_url: "https://attacker.example" } }
`,
    edit: [[
      "kind: aws/ambient",
      `kind: aws/assume-role, via: { provider: own }, principal: { assume_role: "${ROLE}" }`,
    ]],
  }, {
    says: "a variable in a tag, for a role in another account",
    config: `auth:
  identities:
    base: { kind: aws/ambient }
    me:
      { kind: aws/assume-role, via: { identity: base }, principal: { assume_role: "${ROLE}", tags: { t: !env CANARY } } }
`,
    edit: [["123456789012", "666666666666"]],
  }];

for (const { says, config, edit } of TURNS) {
  Deno.test(`a trusted setting does not serve other credentials: ${says}`, async () => {
    await using aws = await startStandin({});
    await using home = tempHome();
    home.write("src/clone/place", CANARY);
    const env = home.env({
      CANARY,
      AWS_ENDPOINT_URL: aws.url,
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_MAX_ATTEMPTS: "1",
      AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
      AWS_SECRET_ACCESS_KEY: "s",
    });
    const run = (words: readonly string[]) => runAtmos(words, { env, cwd: home.at("src/clone"), isMeasured: false });
    home.write("src/clone/atmos.yaml", config);
    equal((await run(["auth", "trust", "--yes"])).status, 0);
    match((await run(["auth", "trust"])).stderr, /^Nothing needs trust/);
    home.write("src/clone/atmos.yaml", edit.reduce((text, [from, to]) => text.replaceAll(from, to), config));
    const calls = aws.calls.length;
    const isEks = config.includes("integrations");
    const { status, stderr } = await run(
      isEks ? ["aws", "eks", "update-kubeconfig", "--all"] : ["auth", "login", "-i", "me"],
    );
    equal(status, 3, stderr);
    match(stderr, /which has changed since you trusted it/);
    equal(aws.calls.length, calls);
    equal(home.read(".config/atmos/kube/config"), undefined);
  });
}

/** A tree that sends something to AWS which was fetched, and what is done to it once it is trusted. */
interface Fetching {
  readonly what: string;
  readonly files: Readonly<Record<string, string>>;
  readonly links?: Readonly<Record<string, string>>;
  readonly change: {
    readonly files?: Readonly<Record<string, string>>;
    readonly links?: Readonly<Record<string, string>>;
  };
  readonly args: readonly string[];
  readonly refused: RegExp;
}

const KNOWN = "known-to-aws";
const TAGS = (tag: string) =>
  `auth:
  identities:
    base: { kind: aws/ambient, region: us-east-2 }
    dev:
      kind: aws/assume-role
      default: true
      via: { identity: base }
      principal: { assume_role: "${ROLE}", tags: { a: ${tag} } }
`;
const NAMED = `stacks: { base_path: stacks, included_paths: ["*"] }
templates: { settings: { enabled: true } }
components: { helmfile: { cluster_name_template: "{{ .vars.name }}" } }
auth: { identities: { base: { kind: aws/ambient, region: us-east-2, default: true } } }
`;
const COMPONENT = "components: { terraform: { eks: { vars: { region: us-east-2 } } } }\n";
const UPDATE = ["aws", "eks", "update-kubeconfig", "eks", "-s", "dev"];

const FETCHING: readonly Fetching[] = [
  ...["place", "directory/known"].map((path): Fetching => ({
    what: `an included link, ${path}`,
    files: { "atmos.yaml": TAGS(`!include ./${path} `) },
    links: path === "place" ? { place: "../../mine/known" } : { directory: "../../mine" },
    change: { links: path === "place" ? { place: "../../.vault-token" } : { directory: "../../secret" } },
    args: ["auth", "login"],
    refused: /-> "\S+\/(?:\.vault-token|secret\/known)", which has changed since you trusted it/,
  })),
  {
    what: "a template of a stack",
    files: { "atmos.yaml": NAMED, "stacks/dev.yaml.tmpl": `vars: { name: '{{ env "KNOWN" }}' }\n${COMPONENT}` },
    change: { files: { "stacks/dev.yaml.tmpl": `vars: { name: '{{ env "TOKEN" }}' }\n${COMPONENT}` } },
    args: UPDATE,
    refused: /which has changed since you trusted it/,
  },
  {
    what: "a variable that a template of a stack asks for",
    files: {
      "atmos.yaml": NAMED,
      "stacks/dev.yaml": `vars: { which: KNOWN, name: '{{ env .vars.which }}' }\n${COMPONENT}`,
    },
    change: {
      files: { "stacks/dev.yaml": `vars: { which: TOKEN, name: '{{ env .vars.which }}' }\n${COMPONENT}` },
    },
    args: UPDATE,
    refused: /which has changed since you trusted it/,
  },
];

for (const { what, files, links = {}, change, args, refused } of FETCHING) {
  Deno.test(`a trusted value that was fetched is not trusted once it is another one: ${what}`, async () => {
    await using aws = await startStandin({ roles: { [ROLE]: {} } });
    await using home = tempHome();
    for (const path of [".vault-token", "secret/known"]) home.write(path, CANARY);
    home.write("mine/known", KNOWN);
    const put = (tree: Fetching["change"]) => {
      for (const [path, text] of Object.entries(tree.files ?? {})) home.write(`src/clone/${path}`, text);
      for (const [path, target] of Object.entries(tree.links ?? {})) {
        const link = home.at(`src/clone/${path}`);
        try {
          Deno.removeSync(link);
        } catch (error) {
          if (!(error instanceof Deno.errors.NotFound)) throw error;
        }
        Deno.symlinkSync(target, link);
      }
    };
    put({ files, links });
    const env = home.env({
      AWS_ENDPOINT_URL: aws.url,
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_MAX_ATTEMPTS: "1",
      AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
      AWS_SECRET_ACCESS_KEY: "s",
      KNOWN,
      TOKEN: CANARY,
    });
    const run = (words: readonly string[]) => runAtmos(words, { env, cwd: home.at("src/clone"), isMeasured: false });
    const words = args === UPDATE ? ["auth", "trust", "--yes", "eks", "-s", "dev"] : ["auth", "trust", "--yes"];
    const trusted = await run(words);
    equal(trusted.status, 0, trusted.stderr);
    const before = await run(args);
    ok(JSON.stringify(aws.calls).includes(KNOWN), before.stderr);
    put(change);
    const { status, stdout, stderr } = await run(args);
    equal(status, 3, stderr);
    match(stderr, refused);
    ok(!JSON.stringify(aws.calls).includes(CANARY));
    ok(!(stdout + stderr + (home.read(".config/atmos/trusted.json") ?? "")).includes(CANARY));
  });
}

Deno.test("variables of a .env file are used with trust, and ask again when the file has changed", async () => {
  using home = tempHome();
  home.write("src/clone/.git/HEAD", "ref: refs/heads/main\n");
  home.write("src/clone/.env", "GREETING=hello\n");
  home.write("src/clone/atmos.yaml", "env:\n  <<: !include .env\nauth:\n  identities: { me: { kind: ambient } }\n");
  const env = home.env({ PATH: Deno.env.get("PATH")! });
  const options = { env, cwd: home.at("src/clone"), isMeasured: false };
  const shown = () => runAtmos(["auth", "exec", "-i", "me", "--", "sh", "-c", "echo $GREETING"], options);
  equal((await shown()).status, 3);
  equal((await runAtmos(["auth", "trust", "--yes"], options)).status, 0);
  const trusted = await shown();
  equal(trusted.stdout, "hello\n", trusted.stderr);
  home.write("src/clone/.env", "GREETING=evil\n");
  const { status, stderr } = await shown();
  equal(status, 3, stderr);
  match(stderr, /which has changed since you trusted it/);
});
