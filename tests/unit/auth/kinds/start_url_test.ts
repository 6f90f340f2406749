import { equal, notEqual } from "node:assert/strict";
import { ssoSessionKey } from "../../../../src/auth/files/sso_session_place.ts";
import { isSso } from "../../../../src/auth/kinds/providers/registry.ts";
import { buildChain } from "../../../../src/auth/model/chain.ts";
import { chainFingerprint } from "../../../../src/auth/model/fingerprint.ts";
import { readAuth } from "../../../../src/auth/model/read_auth.ts";
import { locatedFrom } from "../../../support/config/located_from.ts";

/** What the login through a provider with that address is named after, and what its credentials are. */
async function traits(startUrl: string): Promise<{ key: string; fingerprint: string }> {
  const text = `auth:
  providers:
    sso: { kind: aws/iam-identity-center, region: us-east-1, start_url: "${startUrl}" }
  identities:
    dev:
      kind: aws/permission-set
      via: { provider: sso }
      principal: { name: Admin, account: { id: "123456789012" } }
`;
  const { model } = await readAuth(locatedFrom(text).entries.get("auth")?.value);
  const provider = model.providers.get("sso")!;
  if (!isSso(provider)) throw new Error("it is of another kind");
  const fingerprint = await chainFingerprint({ chain: buildChain(model, "dev"), keyring: model.keyring });
  return { key: await ssoSessionKey(provider), fingerprint };
}

const USUAL = "https://corp.awsapps.com/start";

Deno.test("start URLs that differ in spelling alone are one session, and the same credentials", async () => {
  const usual = await traits(USUAL);
  // printf %s 'https://corp.awsapps.com/start|us-east-1' | sha1sum
  equal(usual.key, "b703e9ed51a00a28c7586dd1639c877c9b813c15");
  const spellings = [
    `${USUAL}/`,
    `${USUAL}//`,
    `${USUAL}#`,
    `${USUAL}#/`,
    `${USUAL}/#`,
    `${USUAL}/#/`,
    `${USUAL}/#/?tab=accounts`,
    "https://CORP.awsapps.com/start",
    "https://Corp.AWSApps.com:443/start/#/",
  ];
  for (const spelling of spellings) {
    const { key, fingerprint } = await traits(spelling);
    equal(key, usual.key, spelling);
    equal(fingerprint, usual.fingerprint, spelling);
  }
});

Deno.test("start URLs of other portals are other sessions", async () => {
  const usual = await traits(USUAL);
  const others = [
    "https://corp2.awsapps.com/start/#/",
    "https://corp.awsapps.com/other",
    "https://corp.awsapps.com/START",
    "https://corp.awsapps.com:8443/start",
    "https://corp.awsapps.com",
    "https://ssoins-0123456789abcdef.portal.us-east-1.app.aws",
  ];
  for (const other of others) {
    const { key, fingerprint } = await traits(other);
    notEqual(key, usual.key, other);
    notEqual(fingerprint, usual.fingerprint, other);
  }
  equal((await traits("https://corp.awsapps.com")).key, (await traits("https://corp.awsapps.com/")).key);
});
