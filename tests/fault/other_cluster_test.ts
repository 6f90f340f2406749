import { match, rejects } from "node:assert/strict";
import { inspectCluster } from "../../src/aws/eks/inspect_cluster.ts";
import { Secret } from "../../src/secret.ts";
import { AppError } from "../../src/errors.ts";
import { cluster } from "../support/standin/clusters.ts";
import { answer, awsHost, SETTINGS } from "../unit/aws/aws_host.ts";

const credentials = { accessKeyId: "ASIA1", secretAccessKey: new Secret("s"), account: "123456789012" };
const ASKED = { region: "us-east-2", settings: SETTINGS, credentials, name: "dev" };
const RIGHT = "arn:aws:eks:us-east-2:123456789012:cluster/dev";

const OTHERS: Readonly<Record<string, Parameters<typeof cluster>[1]>> = {
  name: { name: "prod" },
  ARN: { arn: `${RIGHT.slice(0, -3)}prod` },
  region: { arn: RIGHT.replace("us-east-2", "us-west-2") },
  account: { arn: RIGHT.replace("123456789012", "999999999999") },
};

Deno.test("a cluster that is looked at is the one that was asked for", async () => {
  const host = (more: Parameters<typeof cluster>[1]) =>
    awsHost({ answer: () => answer(200, JSON.stringify({ cluster: cluster("dev", more) })) });
  match((await inspectCluster(host({}), ASKED)).arn, /cluster\/dev$/);
  for (const [what, more] of Object.entries(OTHERS)) {
    await rejects(inspectCluster(host(more), ASKED), (error) => {
      match(String((error as Error).message), new RegExp(`the response is about another cluster: its ${what} `));
      return error instanceof AppError && error.code === "eks-describe";
    });
  }
  const at = (eks: string) => ({ ...ASKED, settings: { ...SETTINGS, endpoints: { eks } } });
  const others = host(OTHERS["account"]);
  match((await inspectCluster(others, at("http://localhost:5000"))).arn, /999999999999/);
  for (const own of ["https://eks.us-east-2.amazonaws.com", "https://vpce-1.eks.us-east-2.vpce.amazonaws.com"]) {
    await rejects(inspectCluster(host(OTHERS["account"]), at(own)), /its account /);
  }
});
