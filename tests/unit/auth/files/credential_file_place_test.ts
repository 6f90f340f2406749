import { deepEqual, equal } from "node:assert/strict";
import { buildChain } from "../../../../src/auth/model/chain.ts";
import { credentialPlace } from "../../../../src/auth/files/credential_file_place.ts";
import { validated } from "../../../support/config/auth_texts.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";

const { model } = await validated(`auth:
  providers:
    Company-SSO: {kind: aws/iam-identity-center, start_url: "https://company.awsapps.com/start", region: us-east-1}
  identities:
    Core/Admin: {kind: aws/permission-set, via: {provider: company-sso}, principal: {name: Admin, account: dev}}
    deep: {kind: aws/assume-role, via: {identity: Core/Admin}, principal: {assume_role: "arn:aws:iam::123456789012:role/x"}}
    user: {kind: aws/user}
    from-user: {kind: aws/assume-role, via: {identity: user}, principal: {assume_role: "arn:aws:iam::123456789012:role/x"}}
    runner: {kind: aws/ambient}
    from-runner: {kind: aws/assume-role, via: {identity: runner}, principal: {assume_role: "arn:aws:iam::123456789012:role/x"}}
`);
const place = (identity: string, env: Record<string, string> = { HOME: "/h" }) =>
  credentialPlace(fakeHost({ env }), { realm: "r", chain: buildChain(model, identity) });

Deno.test("credentialPlace: the root provider's directory, names in lower case", () => {
  const directory = "/h/.config/atmos/r/aws/company-sso";
  deepEqual(place("core/admin"), {
    credentials: `${directory}/credentials`,
    config: `${directory}/config`,
    profile: "core/admin",
  });
  equal(place("deep")?.config, `${directory}/config`);
  equal(place("deep")?.profile, "deep");
});

Deno.test("credentialPlace: chains that begin without a provider", () => {
  equal(place("user")?.credentials, "/h/.config/atmos/r/aws/aws-user/credentials");
  equal(place("from-user")?.credentials, "/h/.config/atmos/r/aws/aws-user/credentials");
  equal(place("from-runner")?.credentials, "/h/.config/atmos/r/aws/aws-ambient/credentials");
  equal(place("runner"), undefined);
});

Deno.test("credentialPlace: XDG directories, and no HOME", () => {
  equal(place("user", { HOME: "/h", XDG_CONFIG_HOME: "/x" })?.config, "/x/atmos/r/aws/aws-user/config");
  equal(
    place("user", { XDG_CONFIG_HOME: "/x", ATMOS_XDG_CONFIG_HOME: "/y" })?.config,
    "/y/atmos/r/aws/aws-user/config",
  );
  equal(place("user", {}), undefined);
});
