import assert from "node:assert/strict";
import { explainPermissionSet } from "../../../../src/aws/sso/errors.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";

const ASKED = { accountId: "123456789012", roleName: "Admn", cause: new Error("No access") };

const hints: readonly (readonly [string, () => Promise<readonly string[]>, RegExp])[] = [
  [
    "a near one",
    () => Promise.resolve(["Zed", "Admin"]),
    /^Did you mean "Admin"\? In account 123456789012 you may use: Admin, Zed$/,
  ],
  ["only far ones", () => Promise.resolve(["Zed", "Billing"]), /^In account 123456789012 you may use: Billing, Zed$/],
  ["many", () => Promise.resolve([..."abcdefg"].map((one) => `${one}-far-off`)), /e-far-off, and 2 more$/],
  ["none", () => Promise.resolve([]), /^You have no permission set in account 123456789012/],
  ["a list that fails", () => Promise.reject(new Error("no")), /open start_url in a browser/],
];

for (const [says, list, hint] of hints) {
  Deno.test(`a permission set that is refused, with ${says}`, async () => {
    const found = await explainPermissionSet({ ...ASKED, list });
    assert.equal(found.code, "aws-denied");
    assert.match(found.message, /permission set "Admn" in account "123456789012": you may not use it \(No access\)$/);
    assert.match(renderRemedy({}, found), hint);
    assert.deepEqual(found.facts, { account: "123456789012", permissionSet: "Admn" });
  });
}
