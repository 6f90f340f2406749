import { deepEqual, equal, match, throws } from "node:assert/strict";
import { accessKeyIdFault, mfaArnFault, secretKeyFault } from "../../../../src/auth/keyring/key_faults.ts";
import { getSessionMs, parseUserEntry, userEntryText } from "../../../../src/auth/keyring/user_entry.ts";
import { Secret } from "../../../../src/secret.ts";
import { refusal } from "../../../support/terminal/refusal.ts";

const ID = "AKIAIOSFODNN7EXAMPLE";
const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const MFA = "arn:aws:iam::123456789012:mfa/glass";

Deno.test("user entry: the Go atmos's form, there and back", () => {
  const entry = { accessKeyId: ID, secretAccessKey: new Secret(SECRET), mfaArn: MFA, sessionDuration: "12h" };
  const text = userEntryText(entry);
  deepEqual(JSON.parse(text.reveal()), {
    type: "aws",
    data: { access_key_id: ID, secret_access_key: SECRET, mfa_arn: MFA, session_duration: "12h" },
  });
  const { secretAccessKey, ...rest } = parseUserEntry(text, "glass");
  deepEqual([rest, secretAccessKey.reveal()], [{ accessKeyId: ID, mfaArn: MFA, sessionDuration: "12h" }, SECRET]);
  const bare = userEntryText({ ...entry, mfaArn: undefined, sessionDuration: undefined });
  equal(bare.reveal(), JSON.stringify({ type: "aws", data: { access_key_id: ID, secret_access_key: SECRET } }));
});

Deno.test("user entry: what is no user's keys is refused, and not shown", () => {
  const data = { access_key_id: ID, secret_access_key: SECRET };
  for (
    const value of [
      "x",
      null,
      { type: "oidc", data },
      { type: "aws" },
      { type: "aws", data: null },
      { type: "aws", data: { ...data, access_key_id: 1 } },
      { type: "aws", data: { ...data, secret_access_key: "" } },
      { type: "aws", data: { ...data, session_token: "t" } },
    ]
  ) {
    throws(
      () => parseUserEntry(new Secret(JSON.stringify(value)), "my glass"),
      refusal({
        code: "config-invalid",
        message: `Cannot use identity "my glass": its keyring entry does not contain access keys`,
        hint: /atmos auth user configure --identity 'my glass' --delete$/,
      }),
    );
  }
  throws(() => parseUserEntry(new Secret(`{"type": "aws", ${SECRET}`), "glass"), { code: "config-invalid" });
});

Deno.test("user entry: a duration that nobody understands is none", () => {
  const entry = { accessKeyId: ID, secretAccessKey: new Secret(SECRET), mfaArn: undefined };
  deepEqual(["2h", "soon", undefined].map((sessionDuration) => getSessionMs({ ...entry, sessionDuration })), [
    7_200_000,
    undefined,
    undefined,
  ]);
});

Deno.test("key faults: ids, secrets and devices", () => {
  equal(accessKeyIdFault(ID), undefined);
  match(accessKeyIdFault("ASIAIOSFODNN7EXAMPLE")!, /belongs to a temporary session/);
  match(accessKeyIdFault("AIDAIOSFODNN7EXAMPLE")!, /of a user, group or role/);
  match(accessKeyIdFault(ID.toLowerCase())!, /capital letters/);
  for (const id of ["", "AKIA", "AKIA 123456789012", `${ID}\n`, SECRET]) match(accessKeyIdFault(id)!, /^it is AKIA/);
  equal(secretKeyFault(SECRET), undefined);
  match(secretKeyFault(ID)!, /the id of a key/);
  for (const secret of ["", "short", `${SECRET} x`, "ü".repeat(40)]) match(secretKeyFault(secret)!, /40 characters/);
  equal(mfaArnFault(MFA), undefined);
  equal(mfaArnFault("arn:aws-us-gov:iam::123456789012:mfa/a/b"), undefined);
  for (const arn of ["", "123456", "arn:aws:iam::1:mfa/x"]) match(mfaArnFault(arn)!, /^it is like arn:/);
});
