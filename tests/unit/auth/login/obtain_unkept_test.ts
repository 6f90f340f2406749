import { deepEqual, rejects } from "node:assert/strict";
import { locateIdentity } from "../../../../src/auth/login/obtain.ts";
import { obtainUnkept } from "../../../../src/auth/login/obtain_unkept.ts";
import { readAuth } from "../../../../src/auth/model/read_auth.ts";
import { locatedFrom } from "../../../support/config/located_from.ts";
import { type LoginPlace, loginPlace, recordedUi } from "./login_place.ts";

const { model } = await readAuth(locatedFrom(`
realm: test
providers:
  sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: https://x/start}
  okta: {kind: aws/saml, region: us-east-2, url: https://idp.example.com/app}
identities:
  Dev: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: "123456789012"}}
  saml: {kind: aws/assume-role, via: {provider: okta}, principal: {assume_role: "arn:aws:iam::123456789012:role/x"}}
  keyless: {kind: aws/user, region: eu-west-1}
  mfa:
    kind: aws/user
    credentials: {access_key_id: AKIA, secret_access_key: s, mfa_arn: "arn:aws:iam::123456789012:mfa/m"}
`));

async function unkept(identity: string, { host }: LoginPlace) {
  const located = await locateIdentity(host, { model, directory: undefined, identity });
  return await obtainUnkept(host, { located, ui: recordedUi({ mfaCode: "123456" }) });
}

Deno.test("unkept: what takes a person or a keyring is needed first, and nobody is asked", async () => {
  for (const name of ["Dev", "saml", "keyless", "mfa"]) {
    const place = loginPlace();
    await rejects(unkept(name, place), { code: "login-needed" }, name);
    deepEqual([place.host.seen.requests.length, place.host.seen.runs.length], [0, 0], name);
  }
});
