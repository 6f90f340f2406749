import assert from "node:assert/strict";
import { describeCluster } from "../../src/aws/eks/eks.ts";
import { cluster } from "../support/standin/clusters.ts";
import { access, realHost } from "../support/standin/access.ts";
import { startStandin } from "../support/standin/aws_standin.ts";

Deno.test("stand-in: an expected call is fine, a missing one and an unused fault are told", async () => {
  await using standin = await startStandin({ expects: ["DescribeCluster"] });
  assert.throws(() => standin.assertDone(), /expected call DescribeCluster did not come/);
  await describeCluster(realHost(), { ...access(standin), name: "dev-cluster" });
  standin.assertDone();
  await using other = await startStandin({ faults: { DescribeCluster: [{ reset: true, times: 2 }] } });
  assert.throws(() => other.assertDone(), /2 scripted fault\(s\) for DescribeCluster were not used/);
});

Deno.test("stand-in: a call that the test did not expect is refused and told", async () => {
  await using standin = await startStandin({ expects: ["ListClusters"] });
  const call = describeCluster(realHost(), { ...access(standin), name: "dev-cluster" });
  await assert.rejects(call, { message: /StandinUnexpectedCall/ });
  assert.throws(() => standin.assertDone(), /unexpected call DescribeCluster, expected ListClusters/);
});

Deno.test("stand-in: clusters come and go while it runs", async () => {
  await using standin = await startStandin();
  standin.clusters.push(cluster("late"));
  assert.equal((await describeCluster(realHost(), { ...access(standin), name: "late" })).name, "late");
});
