import { equal } from "node:assert/strict";
import { dottedPath } from "../../../../src/formats/text/dotted_path.ts";

Deno.test("dottedPath: plain names with dots between, everything else in brackets", () => {
  equal(dottedPath(["auth", "identities", "dev-admin", "via"]), "auth.identities.dev-admin.via");
  equal(dottedPath(["auth", "integrations", "dev/eks", "spec"]), "auth.integrations[dev/eks].spec");
  equal(dottedPath(["auth", "identities", "a.b", "env", 0, "key"]), "auth.identities[a.b].env[0].key");
});

Deno.test("dottedPath: what would be unclear in brackets stands in quotes", () => {
  equal(dottedPath(["a", "b]c"]), 'a["b]c"]');
  equal(dottedPath(["a", "two words"]), 'a["two words"]');
  equal(dottedPath(["a", "new\nline"]), 'a["new\\nline"]');
  equal(dottedPath(["a", ""]), 'a[""]');
});
