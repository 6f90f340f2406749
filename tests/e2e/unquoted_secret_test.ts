import { doesNotMatch, match } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { tempHome } from "../support/machine/temp_home.ts";

/** Secrets that were written without the quotes that YAML wants, and which are something else there. */
const UNQUOTED = [
  ...[
    "*CANARY1x9",
    "!CANARY1x9",
    "!CANARY1!x9",
    "!!CANARYSECRET x",
    "!SecretCANARY",
    "!secret!CANARY",
    "!tagsCANARY x",
    "!CANARY1 x9",
    "!<CANARY> x",
    "!CANARY{x",
    "&CANARY x",
  ],
  ...["@CANARY", "`CANARY", "%CANARY", "[CANARY", "{CANARY", '"CANARY', "'CANARY", "|CANARY", ">CANARY", "CANARY: x"],
  ...['"\\qCANARY"', "- CANARY", "? CANARY", "!!int CANARY", "!!binary CANARY", '"CANARY" x', ", CANARY"],
];

/** No port that anything listens on. */
const CLOSED = "http://127.0.0.1:9";

const COMMANDS = [
  ["aws", "eks", "doctor"],
  ["aws", "eks", "prune", "--dry-run"],
  ["aws", "eks", "update-kubeconfig", "--name", "dev-cluster", "--region", "us-east-2", "--dry-run"],
  ["auth", "validate"],
  ["auth", "list"],
  ["auth", "doctor", "own"],
  ["auth", "login", "own"],
];

function kubeconfig(token: string): string {
  return `apiVersion: v1
kind: Config
current-context: own
clusters: [{name: c, cluster: {server: "https://own.example"}}]
contexts: [{name: own, context: {cluster: c, user: u}}]
users:
- name: u
  user:
    token: ${token}
`;
}

function configuration(key: string): string {
  return `auth:
  identities:
    own:
      kind: aws/user
      credentials:
        access_key_id: AKIAIOSFODNN7EXAMPLE
        region: us-east-1
        secret_access_key: ${key}
`;
}

for (const secret of UNQUOTED) {
  Deno.test(`a secret without quotes is in no message and in no log: ${secret}`, async () => {
    await using home = tempHome();
    home.write(".kube/config", kubeconfig(secret));
    home.write(".atmos/atmos.yaml", configuration(secret));
    const env = home.env({
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_ENDPOINT_URL: CLOSED,
      KUBECONFIG: home.at(".kube/config"),
    });
    const log = home.at("log");
    let printed = "";
    for (const args of COMMANDS) {
      const { stdout, stderr } = await runAtmos([...args, "--logs-file", log], { env, cwd: home.path });
      doesNotMatch(stdout + stderr, /CANARY/, args.join(" "));
      printed += stderr;
    }
    const logged = home.read("log") ?? "";
    doesNotMatch(logged, /CANARY/);
    match(printed + logged, /atmos\.yaml|kube\/config/);
  });
}
