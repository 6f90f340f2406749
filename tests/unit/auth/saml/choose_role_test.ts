import { equal, rejects } from "node:assert/strict";
import { chooseRole } from "../../../../src/auth/saml/choose_role.ts";
import { recordedUi } from "../login/login_place.ts";

const role = (name: string) => ({
  roleArn: `arn:aws:iam::123456789012:role/${name}`,
  principalArn: "arn:aws:iam::123456789012:saml-provider/corp",
});
const roles = [role("a"), role("b")];

Deno.test("choose role: the named one in any case, the only one, the chosen one", async () => {
  const input = { identity: "me", roles, ui: recordedUi() };
  equal(await chooseRole({ ...input, wanted: role("B").roleArn }), roles[1]);
  equal(await chooseRole({ ...input, wanted: undefined, roles: [roles[1]!] }), roles[1]);
  equal(await chooseRole({ ...input, wanted: undefined }), roles[0]);
});

Deno.test("choose role: one that is not given, and none that is chosen, list what there is", async () => {
  const nobody = { ...recordedUi(), choose: () => Promise.resolve(undefined) };
  const input = { identity: "me", roles, ui: nobody };
  await rejects(chooseRole({ ...input, wanted: role("c").roleArn }), {
    code: "login-denied",
    message: /does not offer role \S+role\/c; it offers \S+role\/a, \S+role\/b$/,
  });
  await rejects(chooseRole({ ...input, wanted: undefined }), {
    code: "config-invalid",
    message: /which of the 2 roles/,
  });
  const many = [...Array(25).keys()].map((n) => role(`r${n}`));
  await rejects(chooseRole({ ...input, roles: many, wanted: undefined }), { message: /role\/r19 and 5 more$/ });
});
