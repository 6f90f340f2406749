import { deepEqual } from "node:assert/strict";
import { buildChain } from "../../../../src/auth/model/chain.ts";
import { runInputs } from "../../../../src/integrations/run_input.ts";
import { areEksThere } from "../../../../src/integrations/eks/eks_there.ts";
import type { RunInput } from "../../../../src/integrations/contract/runner.ts";
import type { EksIntegration } from "../../../../src/integrations/eks/eks_integration.ts";
import { AUTHOR } from "../../../support/config/author.ts";
import { validated } from "../../../support/config/auth_texts.ts";
import { configWorld } from "../../../support/config/config_files.ts";

const PATH = "/home/me/kubeconfig";
const RECORD = "/home/me/.local/state/atmos/kube/contexts.json";
const CLONE = "/home/me/clone";
const AUTH = `auth:
  providers:
    sso: {kind: aws/iam-identity-center, start_url: "https://company.awsapps.com/start", region: us-east-1}
  identities:
    dev: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: {name: dev}}}
  integrations:
    one: {kind: aws/eks, via: {identity: dev}, spec: {cluster: {name: main, region: us-east-2, aliases: [a, b]}}}
    two: {kind: aws/eks, via: {identity: dev}, spec: {cluster: {name: main, region: eu-west-1}}}
    three: {kind: aws/eks, via: {identity: dev}, spec: {cluster: {name: other, region: us-east-2, alias: other}}}
`;

type Context = readonly [name: string, region: string, account: string, cluster: string, user?: string];
const ONE = "111111111111";
const TWO = "222222222222";

/** Called as those that they act as; "plain" is whoever the environment says. */
const USERS = `users:
- {name: plain, user: {exec: {command: aws, args: [eks, get-token]}}}
- {name: dev, user: {exec: {command: aws, args: [eks, get-token], env: [{name: AWS_PROFILE, value: dev}]}}}
- {name: other, user: {exec: {command: aws, args: [eks, get-token], env: [{name: AWS_PROFILE, value: other}]}}}
- {name: atmos-dev, user: {exec: {command: /bin/atmos, args: [aws, eks, token, --identity=Dev]}}}
- {name: atmos-clone, user: {exec: {command: /bin/atmos, args: [aws, eks, token, --identity=dev, --config=/clone/atmos.yaml]}}}
- {name: atmos-other, user: {exec: {command: /bin/atmos, args: [aws, eks, token, --identity=other]}}}
- {name: own, user: {token: x}}`;

/** Of the integrations one, two and three. The contexts of `foreign` are recorded for another configuration. */
async function there(
  contexts: readonly Context[],
  clusters: readonly Context[] = contexts,
  foreign: readonly Context[] = [],
) {
  const arn = ([, region, account, cluster]: Context) => `arn:aws:eks:${region}:${account}:cluster/${cluster}`;
  const text = [
    "contexts:",
    ...contexts.map((one) => `- {name: "${one[0]}", context: {cluster: "${arn(one)}", user: ${one[4] ?? "plain"}}}`),
    "clusters:",
    ...new Set(clusters.map((one) => `- {name: "${arn(one)}", cluster: {}}`)),
    USERS,
  ].join("\n");
  const recorded = foreign.map((one) => ({ name: one[0], cluster: arn(one), user: one[4] ?? "plain" }));
  const record = [{ file: PATH, configLocation: CLONE, integration: "i", identity: "dev", contexts: recorded }];
  const { host } = configWorld({
    files: { [PATH]: `${text}\n`, [RECORD]: JSON.stringify(record), [`${CLONE}/atmos.yaml`]: "" },
  });
  const { model } = await validated(AUTH);
  const inputs = await runInputs(host, {
    model,
    chain: buildChain(model, "dev"),
    integrations: [...model.integrations.values()],
    configFlags: [],
    author: AUTHOR,
    credentialsOf: () => Promise.reject(new Error("nobody is asked")),
  });
  return areEksThere(host, { inputs: inputs as RunInput<EksIntegration>[], path: PATH });
}

Deno.test("there: every context of an integration, for one and the same cluster", async () => {
  const a = ["a", "us-east-2", ONE, "main"] as const;
  deepEqual(await there([a]), [false, false, false]);
  deepEqual(await there([a, ["b", "us-east-2", ONE, "main"]]), [true, false, false]);
  deepEqual(await there([a, ["b", "us-east-2", TWO, "main"]]), [false, false, false]);
  deepEqual(await there([a, ["b", "eu-west-1", ONE, "main"]]), [false, true, false]);
});

Deno.test("there: of the name and region, with the cluster's own entry", async () => {
  const other = ["other", "us-east-2", ONE, "other"] as const;
  deepEqual(await there([["whatever", "eu-west-1", ONE, "main"], other]), [false, true, true]);
  deepEqual(await there([other], []), [false, false, false]);
  deepEqual(await there([["other", "us-east-2", ONE, "other-2"]]), [false, false, false]);
});

Deno.test("there: with a user that is there, and is not another identity", async () => {
  const as = async (user: string) => (await there([["other", "us-east-2", ONE, "other", user]]))[2];
  deepEqual(await Promise.all(["plain", "dev", "atmos-dev", "own"].map(as)), [true, true, true, true]);
  deepEqual(await Promise.all(["missing", "other", "atmos-other"].map(as)), [false, false, false]);
});

Deno.test("there: not with the plugin of another configuration's identity, whatever its name", async () => {
  const as = async (user: string, isForeign: boolean) => {
    const contexts = [["other", "us-east-2", ONE, "other", user]] as const;
    return (await there(contexts, contexts, isForeign ? contexts : []))[2];
  };
  deepEqual([await as("atmos-clone", true), await as("atmos-clone", false)], [false, true]);
  deepEqual([await as("atmos-dev", true), await as("plain", true)], [true, true], "they say no configuration");
});

Deno.test("there: a kubeconfig that is not there, or is none, has nothing", async () => {
  const { host } = configWorld({ files: { [PATH]: "contexts: {\n" } });
  const { model } = await validated(AUTH);
  const integrations = [...model.integrations.values()];
  const credentialsOf = () => Promise.reject(new Error("nobody is asked"));
  const inputs = await runInputs(host, {
    model,
    chain: buildChain(model, "dev"),
    integrations,
    configFlags: [],
    author: AUTHOR,
    credentialsOf,
  });
  const look = (path: string) => areEksThere(host, { inputs: inputs as RunInput<EksIntegration>[], path });
  deepEqual([look(PATH), look("/home/me/none")], [[false, false, false], [false, false, false]]);
});
