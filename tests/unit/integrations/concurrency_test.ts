import { deepEqual } from "node:assert/strict";
import { loadRunner } from "../../../src/integrations/registry.ts";
import { groupByFile } from "../../../src/integrations/concurrency.ts";

Deno.test("what goes into one file is written once, both kinds of registry too, and never with another sort of file", async () => {
  const kinds = ["aws/ecr", "aws/eks", "aws/ecr-public", "aws/eks"] as const;
  const files = ["/d/config.json", "/k/config", "/d/config.json", "/d/config.json"];
  const all = await Promise.all(
    kinds.map(async (kind, at) => ({ at, runner: await loadRunner(kind), file: files[at]! })),
  );
  deepEqual(groupByFile(all).map((group) => group.map(({ at }) => at)), [[0, 2], [1], [3]]);
});
