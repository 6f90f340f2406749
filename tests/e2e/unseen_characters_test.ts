import { ok } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { tempHome } from "../support/machine/temp_home.ts";

const TURN = "\u202e";
const ZERO = "\u200b";
const UNSAFE = /[\u202a-\u202e\u2066-\u2069\u200b]/;
const TOKENS = "{cluster: {name: dev-cluster, region: us-east-1";

const ATMOS_YAML = `stacks: {base_path: stacks, included_paths: ["*"], name_template: "{{ .vars.stage }}"}
auth:
  providers:
    "s${TURN}so": {kind: aws/iam-identity-center, start_url: https://company.awsapps.com/start, region: us-east-1}
    sso: {kind: aws/iam-identity-center, start_url: https://company.awsapps.com/start, region: us-east-1}
  identities:
    dev: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: "a${TURN}b"}, tags: ["t${TURN}g"]}
    "x${TURN}y": {kind: "aws/am${TURN}bient"}
    "z${ZERO}z": {kind: aws/ambient, "k${TURN}ey": 1}
  integrations:
    eks: {kind: aws/eks, via: {identity: "d${TURN}ev"}, spec: ${TOKENS}, alias: "a${TURN}b"}}}
    more: {kind: aws/eks, via: {identity: dev}, spec: ${TOKENS}, user_alias: "a\u2066b"}}}
"t${TURN}op": 1
`;
const STACK = `vars: {stage: "pr${TURN}od"}
components: {terraform: {"vp${TURN}c": {vars: {"a${TURN}b": 1}}, ok: {vars: {x: "c${TURN}d"}}}}
`;

const RUNS: readonly (readonly string[])[] = [
  ["auth", "validate"],
  ["auth", "validate", "--format", "json"],
  ...["tree", "table", "json", "yaml", "mermaid", "graphviz"].map((format) => ["auth", "list", "--format", format]),
  ["auth", "login", "x"],
  ["auth", "login", `d${TURN}ev`],
  ["auth", "login", "--tags", `n${TURN}o`],
  ["auth", "whoami", "dev"],
  ["auth", "env", "-i", `x${TURN}y`],
  ["auth", "logout", "--dry-run", "dev"],
  ["auth", "exec", "-i", "dev", "--", `no${TURN}ne`],
  [`au${TURN}th`],
  ["aws", "eks", "update-kubeconfig", "--integration", "eks"],
  ["aws", "eks", "update-kubeconfig", "--name", "c", "--region", "us-east-1", "--alias", `a${TURN}b`],
  ["list", "stacks"],
  ["list", "stacks", "--format", "json"],
  ["list", "components"],
  ["describe", "component", "ok", "-s", `pr${TURN}od`],
  ["describe", "component", `o${TURN}k`, "-s", "prod"],
  ["complete", "--", "auth", "login", ""],
];

Deno.test("what no one sees in names and values of files and arguments is printed as an escape, by every command", async () => {
  await using home = tempHome();
  home.write("repo/atmos.yaml", ATMOS_YAML);
  home.write("repo/stacks/prod.yaml", STACK);
  for (const words of RUNS) {
    const { stdout, stderr } = await runAtmos(words, { env: home.env(), cwd: home.at("repo"), isMeasured: false });
    ok(stdout + stderr !== "", words.join(" "));
    ok(!UNSAFE.test(stdout + stderr), words.join(" "));
  }
});
