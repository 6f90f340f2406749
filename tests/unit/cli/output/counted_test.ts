import { deepEqual } from "node:assert/strict";
import { counted } from "../../../../src/cli/output/counted.ts";

Deno.test("counted: none, one and many", () => {
  deepEqual([0, 1, 2].map((count) => counted(count, "identity")), ["no identities", "1 identity", "2 identities"]);
  deepEqual([0, 1, 2].map((count) => counted(count, "file")), ["no files", "1 file", "2 files"]);
});
