/** What files of the user's own say by a relative name, while the user stands in a clone that has something of that name. */
import { equal, match, ok } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { type TempHome, tempHome } from "../support/machine/temp_home.ts";
import { startStandin } from "../support/standin/aws_standin.ts";

const ROLE = "arn:aws:iam::123456789012:role/ci";
const KEYS = {
  AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
  AWS_SECRET_ACCESS_KEY: "s",
  AWS_EC2_METADATA_DISABLED: "true",
};

const atmos = (home: TempHome, { args, env = {} }: { args: readonly string[]; env?: Record<string, string> }) =>
  runAtmos(args, {
    env: home.env({ PATH: "/usr/bin:/bin", AWS_MAX_ATTEMPTS: "1", ...KEYS, ...env }),
    cwd: home.at("src/clone"),
    isMeasured: false,
  });

const COMMANDS = [
  "make -s region",
  "sh ./x.sh",
  "./x.sh",
  `python3 -c "import json; print('us-east-2')"`,
];

for (const command of COMMANDS) {
  Deno.test(`!exec of the user's own file starts nothing of the clone: ${command}`, async () => {
    await using home = tempHome();
    const proof = home.at("proof");
    home.write("src/clone/Makefile", `region:\n\t@touch ${proof}; echo us-east-2\n`);
    home.write("src/clone/x.sh", `#!/bin/sh\ntouch ${proof}; echo us-east-2\n`, 0o700);
    home.write("src/clone/json.py", `open("${proof}", "w")\n`);
    home.write("src/clone/atmos.yaml", "import: []\n");
    const identity = "{ dev: { kind: ambient } }";
    home.write(
      ".atmos/atmos.yaml",
      `env: { AWS_REGION: !exec '${command.replaceAll("'", "''")}' }\nauth: { identities: ${identity} }\n`,
    );
    await atmos(home, { args: ["auth", "exec", "-i", "dev", "--", "true"] });
    equal(home.read("proof"), undefined);
  });
}

const providers = (provider: string) =>
  `auth:
  providers: { p: ${provider} }
  identities: { dev: { kind: aws/assume-role, via: { provider: p }, principal: { assume_role: "${ROLE}" } } }
`;
const cluster = (path: string) =>
  `auth:
  identities: { dev: { kind: ambient } }
  integrations:
    eks:
      kind: aws/eks
      via: { identity: dev }
      spec: { cluster: { name: dev-cluster, region: us-east-2, kubeconfig: { path: ${path} } } }
`;
const saml = (field: string) => `{ kind: aws/saml, url: "https://idp.example/x", region: us-east-2, ${field} }`;

const LOGIN = ["auth", "login"];
const KUBECONFIG = ["aws", "eks", "update-kubeconfig", "--all"];

/** Each with a command that uses it. */
const SETTINGS: readonly (readonly [name: string, config: (path: string) => string, args: readonly string[]])[] = [
  [
    "token_file",
    (path) => providers(`{ kind: github/oidc, region: us-east-2, spec: { token_file: ${path} } }`),
    LOGIN,
  ],
  ["assertion_file", (path) => providers(saml(`driver: assertion, assertion_file: ${path}`)), LOGIN],
  ["browser_executable_path", (path) => providers(saml(`driver: browser, browser_executable_path: ${path}`)), LOGIN],
  ["browser_profile", (path) => providers(saml(`driver: browser, browser_profile: ${path}`)), LOGIN],
  ["kubeconfig.path", cluster, KUBECONFIG],
];

for (const [name, config, args] of SETTINGS) {
  Deno.test(`${name} of the user's own file needs trust in each directory that completes it`, async () => {
    await using aws = await startStandin({});
    const env = { AWS_ENDPOINT_URL: aws.url };
    for (const path of ["some/place", "!cwd some/place", "!exec 'echo some/place'"]) {
      await using home = tempHome();
      home.write("src/clone/some/place", "");
      home.write(".atmos/atmos.yaml", config(path));
      const { status, stderr } = await atmos(home, { args, env });
      equal(status, 3, stderr);
      match(
        stderr,
        /\/\.atmos\/atmos\.yaml:\d+:\d+: Cannot use \S+ .*-> "\S+\/src\/clone\/(?:some\/place|\[!exec\])": it /,
      );
      equal(home.read("src/clone/some/place"), "");
    }
    for (const path of ["~/some/place", `/nowhere/some/place`]) {
      await using home = tempHome();
      home.write("src/clone/some/place", "");
      home.write(".atmos/atmos.yaml", config(path));
      const { stderr } = await atmos(home, { args, env });
      ok(!stderr.includes("trusted"), stderr);
    }
  });
}
