import { equal, match } from "node:assert/strict";
import { webflowPath } from "../../../../src/auth/webflow/webflow_file.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";

Deno.test("browser login: its file is where the Go atmos has it, whatever the identity's name is", () => {
  const host = fakeHost({ env: { HOME: "/h" } });
  const at = (name: string) => webflowPath(host, { name, realm: "lab" });
  equal(at("Me"), "/h/.cache/atmos/aws-webflow/me-lab/refresh.json");
  equal(at("a.b_c-d"), "/h/.cache/atmos/aws-webflow/a.b_c-d-lab/refresh.json");
  for (const name of ["../../x", "..", ".", "a/b", "/etc", "a\\b", "a\0b", "..%2f"]) {
    match(at(name)!, /^\/h\/\.cache\/atmos\/aws-webflow\/(?!\.)[^/]+-lab\/refresh\.json$/, name);
  }
  equal(webflowPath(fakeHost({ env: {} }), { name: "me", realm: "lab" }), undefined);
});
