import { equal } from "node:assert/strict";
import { isElsewhere } from "../../../../src/config/schema/unsupported_kind.ts";

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
