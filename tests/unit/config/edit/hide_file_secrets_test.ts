import { doesNotMatch, equal, match } from "node:assert/strict";
import { hideFileSecrets } from "../../../../src/config/edit/hide_file_secrets.ts";
import { unifiedDiff } from "../../../../src/cli/output/unified_diff.ts";

const KUBECONFIG = `users:
- name: a # kept
  user: {token: "CANARY", tokenFile: /run/token, username: me}
- name: b
  user:
    password: 'CANARY'
    client-key-data: |
      CANARY
      CANARY
    client-certificate-data: public
- name: c
  user:
    auth-provider: {name: gcp, config: {id-token: CANARY, refresh-token: &t CANARY, idp-issuer-url: https://i.example}}
- name: d
  user:
    token: *t
- name: e
  user:
    exec:
      command: login
      args: [eks, get-token, --token=CANARY, --password, CANARY, --token-file, kept, --flag]
      env:
      - {name: AWS_SESSION_TOKEN, value: CANARY}
      - value: CANARY
        name: MY_PASSWORD
      - {name: AWS_PROFILE, value: prod}
- name: f
  user:
    exec:
      command: "sh -c 'login --password CANARY'"
      args: [CANARY]
      env: [{name: T, value: CANARY}]
      # token: CANARY
- name: g
  user:
    token:
- name: h
  user:
    client-key-data: !!binary |
      CANARY
    password: !<tag:yaml.org,2002:binary> CANARY
    tokens: [CANARY, {a: CANARY}]
    note: &word CANARY
    exec: {command: aws, args: [eks, get-token, --api-key, *word]}
- name: i
  user: {exec: {command: my-login, env: [{name: MY_LOGIN_PASSPHRASE, value: CANARY}], installHint: get CANARY}}
- name: j
  user: {exec: {command: my-login CANARY}, auth-provider: {name: x, config: {cookie: CANARY, idp-issuer-url: https://i}}}
- name: k
  user:
    token: x # was CANARY
    exec: {command: aws, args: [eks, get-token], env: [{name: GITHUB_PAT, value: CANARY}]}
clusters:
- name: a
  cluster:
    proxy-url: >-
      http://u:CANARY@proxy.example
    extensions: [{name: x, extension: {apiKey: CANARY}}]
`;
const KEPT = [
  /name: a # kept/,
  /tokenFile: \/run\/token/,
  /certificate-data: public/,
  /idp-issuer-url: https/,
  /kept, /,
];

Deno.test("a difference: secrets of a kubeconfig are left out, and nothing else is", () => {
  const shown = hideFileSecrets(KUBECONFIG, "yaml");
  doesNotMatch(shown, /CANARY/);
  for (const kept of [...KEPT, /value: prod/, /username: me/, /--flag\]/]) match(shown, kept);
  equal(shown.split("\n").length, KUBECONFIG.split("\n").length - 3);
});

Deno.test("a difference: what a configuration only names is shown", () => {
  equal(hideFileSecrets("password: !literal CANARY\n", "yaml"), "password: [secret]\n");
  const text = "password: !env PASSWORD\nsecret_access_key: !include keys .b\npassword_env: NAME\ntoken_file: /x\n";
  equal(hideFileSecrets(text, "yaml"), text);
  equal(hideFileSecrets("secret_access_key: CANARY\n", "yaml"), "secret_access_key: [secret]\n");
  equal(hideFileSecrets("password: !CANARY1x9 y\n", "yaml"), "password: [secret]\n");
  equal(hideFileSecrets("password:\n", "yaml"), "password:\n");
  equal(hideFileSecrets('password: !!str "CANARY"\n', "yaml"), "password: !!str [secret]\n");
});

Deno.test("a difference: what is no YAML has no secrets either", () => {
  for (const broken of ["a: [", "\ta: b", "---\na: b\n---\nc: d"]) {
    const shown = hideFileSecrets(
      `users:\n- name: a\n  token: CANARY\n- {name: b, password: CANARY}\n${broken}\n`,
      "yaml",
    );
    doesNotMatch(shown, /CANARY/);
    match(shown, /token: \[secret\]\n- \{name: b, password: \[secret\]\n/);
  }
});

Deno.test("a difference: secrets of ~/.aws/config are left out", () => {
  const text =
    "[profile a]\naws_access_key_id = AKIA1\naws_secret_access_key=CANARY\n  aws_session_token = CANARY x\n" +
    "web_identity_token_file = /run/token\nregion = us-east-1\n";
  const others = "# aws_secret_access_key = CANARY\naws_secret_access_key : CANARY\nx_api_key = CANARY\n" +
    "aws_session_token =\n  CANARY\n  CANARY\ncredential_process = /usr/bin/vault CANARY\neks =\n  endpoint_url = https://u:CANARY@localhost/?token=CANARY\n";
  doesNotMatch(hideFileSecrets(others, "ini"), /CANARY/);
  const own = "credential_process = /usr/bin/atmos auth credential-process --account=1 --identity=dev\n";
  equal(hideFileSecrets(own, "ini"), own);
  const shown = hideFileSecrets(text, "ini");
  doesNotMatch(shown, /CANARY/);
  equal(shown.replaceAll("[secret]", "CANARY").replace("CANARY\nweb", "CANARY x\nweb"), text);
});

Deno.test("a difference: a secret that is taken out is a line that is taken out", async () => {
  const before = "users:\n- name: a\n  user: {token: CANARY}\n";
  const diff = await unifiedDiff({ path: "config", before, after: "users: []\n", format: "yaml" });
  match(diff, /^- {2}user: \{token: \[secret\]\}$/m);
});
