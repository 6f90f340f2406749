import assert from "node:assert/strict";
import { clusterNotFound } from "../../../../src/aws/eks/errors.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";

async function hint(name: string, list: () => Promise<readonly string[]>): Promise<string> {
  const error = await clusterNotFound({ name, region: "us-east-2", cause: undefined, list });
  assert.equal(error.code, "eks-cluster-not-found");
  assert.equal(error.message, `Cannot describe EKS cluster "${name}": there is no such cluster in us-east-2`);
  return renderRemedy({}, error);
}

const cases: readonly (readonly [string, readonly string[], string])[] = [
  ["dev-clster", ["prod", "dev-cluster"], 'Did you mean "dev-cluster"? Available: dev-cluster, prod'],
  ["zzzzzz", ["b", "a"], "Available: a, b"],
  ["zzzzzz", ["a", "b", "c", "d", "e", "f", "g"], "Available: a, b, c, d, e, and 2 more"],
  ["dev", [], "There are no clusters in us-east-2 for this account: try another --region"],
];

for (const [name, existing, expected] of cases) {
  Deno.test(`a missing cluster ${name} among ${existing.length}: ${expected}`, async () => {
    assert.equal(await hint(name, () => Promise.resolve(existing)), expected);
  });
}

Deno.test("a list that cannot be had is no second failure", async () => {
  const found = await hint("dev", () => Promise.reject(new Error("denied")));
  assert.equal(found, "List them: aws eks list-clusters --region us-east-2");
});
