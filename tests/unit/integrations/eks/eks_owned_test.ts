import { deepEqual } from "node:assert/strict";
import { buildChain } from "../../../../src/auth/model/chain.ts";
import { runInputs } from "../../../../src/integrations/run_input.ts";
import { findRemovableContexts } from "../../../../src/integrations/eks/eks_owned.ts";
import type { RunInput } from "../../../../src/integrations/contract/runner.ts";
import type { EksIntegration } from "../../../../src/integrations/eks/eks_integration.ts";
import { parseKubeconfig } from "../../../../src/kube/kubeconfig/kubeconfig.ts";
import { NamesInUse } from "../../../../src/kube/kubeconfig/names_in_use.ts";
import type { RecordedContext } from "../../../../src/kube/kubeconfig/entry_edit.ts";
import { AUTHOR } from "../../../support/config/author.ts";
import { validated } from "../../../support/config/auth_texts.ts";
import { configWorld } from "../../../support/config/config_files.ts";

interface Case {
  readonly contexts: readonly (readonly [name: string, cluster: string, user: string])[];
  readonly recorded?: readonly RecordedContext[];
  readonly foreign?: readonly RecordedContext[];
  readonly editable?: readonly RecordedContext[];
  readonly account?: string;
  readonly via?: string;
  readonly alias?: string;
}

const ARN = "arn:aws:eks:us-east-2:123456789012:cluster/dev-cluster";

const OTHER_ACCOUNT = ARN.replace("123456789012", "210987654321");

async function owned(one: Case) {
  const {
    contexts,
    recorded = [],
    foreign = [],
    editable = [],
    account = '{id: "123456789012"}',
    via = "{identity: dev}",
    alias = ", alias: dev",
  } = one;
  const { host } = configWorld({});
  const { model } = await validated(`auth:
  providers:
    sso: {kind: aws/iam-identity-center, start_url: "https://company.awsapps.com/start", region: us-east-1}
  identities:
    dev: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: ${account}}}
  integrations:
    dev/eks: {kind: aws/eks, via: ${via}, spec: {cluster: {name: dev-cluster, region: us-east-2${alias}}}}
`);
  const [input] = await runInputs(host, {
    model,
    chain: buildChain(model, "dev"),
    integrations: [...model.integrations.values()],
    configFlags: [],
    author: AUTHOR,
    credentialsOf: () => Promise.reject(new Error("nobody is asked")),
  });
  const names = new NamesInUse(parseKubeconfig(kubeconfig(contexts)));
  return findRemovableContexts(host, {
    input: { ...input as RunInput<EksIntegration>, recorded, foreign, editable },
    names,
  });
}

/** As recorded when it was written. */
function written(name: string, user = "ours", cluster = ARN): RecordedContext {
  return { name, cluster, user };
}

const ATMOS = "--cluster-name, dev-cluster, --region, us-east-2";

/** As whom the users are, and by which plugin. "ours" is as we write it today. */
const USERS = {
  ours: "command: aws, args: [eks, get-token, --cluster-name, dev-cluster, --region, us-east-2]",
  theirs: "command: aws, args: [eks, get-token, --cluster-name, dev-cluster, --region, us-east-2, --role-arn, x]",
  outpost: "command: aws, args: [eks, get-token, --cluster-id, 1-2-3, --region, us-east-2]",
  named: "command: aws, args: [eks, get-token, --cluster-name, dev-cluster, --region, us-east-2, --profile, dev]",
  other: "command: aws, args: [eks, get-token, --cluster-name, dev-cluster, --region, us-east-2, --profile, other]",
  atmos: `command: /opt/atmos, args: [aws, eks, token, ${ATMOS}, --identity=Dev]`,
  kept: `command: /opt/atmos, args: [aws, eks, token, ${ATMOS}, --identity=dev]`,
  byId: `command: /opt/atmos, args: [aws, eks, token, ${
    ATMOS.replace("name, dev-cluster", "id, 1-2-3")
  }, --identity=dev]`,
  elsewhere: `command: /opt/atmos, args: [aws, eks, token, ${ATMOS}, --identity=dev, --config=/clone/atmos.yaml]`,
  foreign: `command: /opt/atmos, args: [aws, eks, token, ${ATMOS}, --identity=other]`,
  old: "command: aws, args: [eks, get-token, --cluster-name, old-cluster, --region, us-east-2]",
  reader: "command: aws, args: [eks, get-token, --cluster-name, old-cluster, --region, us-east-2, --profile, reader]",
  authenticator: "command: aws-iam-authenticator, args: [token, -i, dev-cluster, --region, us-east-2]",
};

function kubeconfig(contexts: Case["contexts"]): string {
  const lines = contexts.map(([name, cluster, user]) =>
    `- name: ${name}\n  context: {cluster: "${cluster}", user: ${user}}\n`
  );
  const users = Object.entries(USERS).map(([name, exec]) => `- name: ${name}\n  user: {exec: {${exec}}}\n`);
  return `contexts:\n${lines.join("")}users:\n${users.join("")}`;
}

Deno.test("without a record, removable is what has the name and the cluster of the integration, and names its configuration", async () => {
  deepEqual(await owned({ contexts: [["dev", ARN, "kept"], ["mine", ARN, "kept"]] }), ["dev"]);
  for (const user of [...Object.keys(USERS), "missing"]) {
    deepEqual(await owned({ contexts: [["dev", ARN, user]] }), ["kept", "byId"].includes(user) ? ["dev"] : [], user);
  }
  deepEqual(await owned({ contexts: [["dev", ARN.replace("dev-cluster", "other"), "kept"]] }), []);
  deepEqual(await owned({ contexts: [["dev", OTHER_ACCOUNT, "kept"]] }), []);
});

Deno.test("what a configuration that is gone has written is removable where it is as today", async () => {
  for (const user of Object.keys(USERS)) {
    const editable = [written("dev", user)];
    const isToday = ["ours", "outpost", "kept", "byId"].includes(user);
    deepEqual(await owned({ contexts: [["dev", ARN, user]], editable }), isToday ? ["dev"] : [], user);
    deepEqual(await owned({ contexts: [["dev", ARN, user]], editable, foreign: editable }), [], user);
  }
});

Deno.test("a recorded name is removable as long as its cluster and user are as recorded", async () => {
  const contexts = [["old", ARN, "ours"], ["older", ARN, "theirs"], ["oldest", OTHER_ACCOUNT, "ours"]] as const;
  deepEqual(await owned({ contexts, recorded: contexts.map(([name]) => written(name)) }), ["old"]);
});

Deno.test("of a provider's integration only what was recorded for the identity is removable", async () => {
  const contexts = [["dev", ARN, "ours"]] as const;
  deepEqual(await owned({ contexts, via: "{provider: sso}" }), []);
  deepEqual(await owned({ contexts, via: "{provider: sso}", recorded: [written("dev")] }), ["dev"]);
});

Deno.test("where the account is not known, contexts of two accounts stay", async () => {
  const one = [[ARN, ARN, "kept"]] as const;
  deepEqual(await owned({ contexts: one, account: "team", alias: "" }), [ARN]);
  const both = [...one, [OTHER_ACCOUNT, OTHER_ACCOUNT, "kept"]] as const;
  deepEqual(await owned({ contexts: both, account: "team", alias: "" }), []);
  const recorded = [written(OTHER_ACCOUNT, "kept", OTHER_ACCOUNT)];
  deepEqual(await owned({ contexts: both, account: "team", alias: "", recorded }), [OTHER_ACCOUNT, ARN]);
});

Deno.test("a cluster on an Outpost is named by an id that only AWS can tell", async () => {
  deepEqual(await owned({ contexts: [["dev", ARN, "byId"]] }), ["dev"]);
});

Deno.test("what was recorded is removable whatever plugin or identity atmos.yaml has got since, for that identity", async () => {
  const users = Object.keys(USERS);
  const contexts = users.map((user) => [`by-${user}`, ARN, user] as const);
  const recorded = users.map((user) => written(`by-${user}`, user));
  const named = ["by-named", "by-atmos", "by-kept", "by-byId", "by-elsewhere"];
  const ours = ["by-ours", "by-theirs", "by-outpost", ...named];
  deepEqual(await owned({ contexts, recorded }), ours);
  deepEqual(await owned({ contexts, recorded, via: "{provider: sso}" }), ours);
  deepEqual(await owned({ contexts }), []);
});

Deno.test("what still is as recorded is removable, whatever atmos.yaml says by now", async () => {
  const other = ARN.replace("dev-cluster", "old-cluster");
  const rec = (name: string, more: Partial<RecordedContext> = {}) => ({ ...written(name, "old", other), ...more });
  const contexts = [["dev", other, "old"], ["was", other, "old"], ["now", ARN, "ours"]] as const;
  deepEqual(await owned({ contexts, recorded: [rec("dev"), rec("was", { retained: true })] }), ["dev", "was"]);
  deepEqual(await owned({ contexts, recorded: [rec("dev", { user: "ours" }), rec("was", { cluster: ARN })] }), []);
  deepEqual(await owned({ contexts: [["dev", other, "ours"]], recorded: [rec("dev", { user: "ours" })] }), []);
  deepEqual(await owned({ contexts: [["dev", other, "reader"]], recorded: [rec("dev", { user: "reader" })] }), []);
  deepEqual(await owned({ contexts: [["dev", other, "missing"]], recorded: [rec("dev", { user: "missing" })] }), []);
});

Deno.test("without a record, another tree's context stays, and so does what a user's flags have written", async () => {
  const contexts = [["dev", ARN, "kept"]] as const;
  deepEqual(await owned({ contexts }), ["dev"]);
  deepEqual(await owned({ contexts, foreign: [written("dev", "kept")] }), []);
  deepEqual(await owned({ contexts, foreign: [written("dev", "ours")] }), ["dev"], "it is not as that tree wrote it");
});
