import { deepEqual } from "node:assert/strict";
import { findEksContexts } from "../../../../src/kube/kubeconfig/eks_contexts.ts";
import { parseKubeconfig } from "../../../../src/kube/kubeconfig/kubeconfig.ts";
import { NamesInUse } from "../../../../src/kube/kubeconfig/names_in_use.ts";

const ARN = "arn:aws:eks:us-east-2:123456789012:cluster/dev";
const AWS = "command: aws, args: [eks, get-token, --cluster-name, dev, --region, us-east-2]";
const ATMOS =
  "command: /opt/atmos, args: [aws, eks, token, --cluster-name, dev, --region, us-east-2, --identity=admin]";

interface Case {
  readonly user?: string;
  readonly cluster?: string;
  readonly exec?: string;
}

/** The names of our contexts in a file that has one, called "c". */
function ours({ user = "user-dev", cluster = ARN, exec = AWS }: Case): readonly string[] {
  const source = `contexts:\n- name: c\n  context: {cluster: "${cluster}", user: "${user}"}\n` +
    `users:\n- name: "${user}"\n  user: {exec: {${exec}}}\n`;
  const names = new NamesInUse(parseKubeconfig(source));
  return findEksContexts({ names, isRecorded: (use) => use.user === "alias" }).map(({ name }) => name);
}

const OURS: Readonly<Record<string, Case>> = {
  "our user": {},
  "our user for a second identity": { user: "user-dev@123456789012.us-east-2.admin" },
  "a user of whatever name, of a context on record": { user: "alias" },
  "this program, whatever the user is called": { user: "mine", exec: ATMOS },
  "another partition": { cluster: ARN.replace("aws:", "aws-cn:") },
  "a cluster on an Outpost, which is named by its id": {
    exec: AWS.replace("--cluster-name, dev", "--cluster-id, 1-2-3"),
  },
};

const THEIRS: Readonly<Record<string, Case>> = {
  "the user of `aws eks update-kubeconfig`": { user: ARN },
  "a user of another name": { user: "mine" },
  "a cluster that is not named by an ARN": { cluster: "dev" },
  "another cluster's user": { user: "user-other", cluster: ARN },
  "tokens for another cluster": { exec: AWS.replace("dev", "other") },
  "tokens for another region": { exec: AWS.replace("us-east-2", "us-east-1") },
  "another plugin": { exec: "command: aws-iam-authenticator, args: [token, -i, dev, --region, us-east-2]" },
  "no plugin": { exec: "command: cat" },
};

Deno.test("contexts that this program writes are found, others are not", () => {
  for (const [what, one] of Object.entries(OURS)) deepEqual(ours(one), ["c"], what);
  for (const [what, one] of Object.entries(THEIRS)) deepEqual(ours(one), [], what);
});
