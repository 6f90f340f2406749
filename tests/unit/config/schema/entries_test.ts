import { equal, match } from "node:assert/strict";
import { nameFault } from "../../../../src/config/schema/entries.ts";
import { isElsewhere } from "../../../../src/config/schema/lookup.ts";

Deno.test("nameFault: dots, slashes, spaces and other alphabets are fine inside a name", () => {
  for (const name of ["dev/eks", "a.b", "Dev Admin", "prod@eu", "größe", "..a", "a..b"]) {
    equal(nameFault(name), undefined, name);
  }
});

Deno.test("nameFault: what would lead out of a folder or break a section of an INI file is refused", () => {
  for (const name of ["..", "a/../b", "./a", "a\\..\\b", "/etc", "", "  ", "a]b", "[a", "a\nb", "\u009b1m"]) {
    match(nameFault(name) ?? "", /^the name /, JSON.stringify(name));
  }
});

Deno.test("isElsewhere: what the Go atmos has and this program has not", () => {
  for (
    const kind of ["azure/acr", "azure/oidc", "gcp/gke", "github/sts", "mock", "mock/aws", "atmos/pro", "atmos-pro"]
  ) {
    equal(isElsewhere(kind), true, kind);
  }
  for (const kind of ["aws/eks", "azur/acr", "azure", "azure/", "github/oidc", "mocked", ""]) {
    equal(isElsewhere(kind), false, kind);
  }
});
