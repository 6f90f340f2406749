import assert from "node:assert/strict";
import { dottedPath } from "../../../src/config/dotted_path.ts";

Deno.test("names with dots, slashes or blanks, and numbers, stand in brackets", () => {
  assert.equal(dottedPath(["auth", "integrations", "dev/eks", "tags", 0]), "auth.integrations[dev/eks].tags[0]");
  assert.equal(dottedPath(["a.b", "c", "d e", "dev-1_x"]), "[a.b].c[d e].dev-1_x");
});
