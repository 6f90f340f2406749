import { deepEqual, equal } from "node:assert/strict";
import { EMPTY_MODEL } from "../../../../src/auth/model/model.ts";
import { readAuth } from "../../../../src/auth/model/read_auth.ts";
import { messages, SSO_AND_DEV, validated } from "../../../support/config/auth_texts.ts";

function permissionSet(account: string): string {
  return SSO_AND_DEV.replace("account: dev", `account: ${account}`);
}

Deno.test("readAuth: no auth section is an empty model", async () => {
  deepEqual(await readAuth(undefined), { model: EMPTY_MODEL, problems: [] });
  deepEqual((await validated("auth:\n")).problems, []);
  deepEqual((await validated("stacks: {}\n")).model.providers.size, 0);
});

Deno.test("readAuth: an account by name, by id, and by a bare number with a leading zero", async () => {
  const table: readonly (readonly [string, object])[] = [
    ["dev", { id: undefined, name: "dev" }],
    ["{name: dev}", { id: undefined, name: "dev" }],
    ['{id: "123456789012"}', { id: "123456789012", name: undefined }],
    ["{id: 012345678901}", { id: "012345678901", name: undefined }],
    ["{id: 123456789012, name: dev}", { id: "123456789012", name: "dev" }],
    ["012345678901", { id: "012345678901", name: undefined }],
    ["2024", { id: undefined, name: "2024" }],
  ];
  for (const [text, account] of table) {
    const { model, problems } = await validated(permissionSet(text));
    deepEqual(problems, [], text);
    const dev = model.identities.get("dev");
    deepEqual(dev?.kind === "aws/permission-set" ? dev.account : undefined, account, text);
  }
});

Deno.test("readAuth: settings, and their defaults", async () => {
  const source = "auth:\n  realm: team-a\n  logs: {level: Warn, file: a.log}\n  console: {isolated: true}\n" +
    "  keyring: {type: file, spec: {path: ~/keys, password_env: KEY}}\n";
  const { model } = await validated(source);
  deepEqual({ realm: model.realm, logs: model.logs, isolated: model.isolatedConsole, keyring: model.keyring }, {
    realm: "team-a",
    logs: { level: "Warn", file: "a.log" },
    isolated: true,
    keyring: { type: "file", path: "~/keys", passwordEnv: "KEY" },
  });
  deepEqual((await validated("auth:\n  keyring: {}\n")).model.keyring, { type: "system" });
});

Deno.test("readAuth: a keyring of another type leaves what the type file needs alone", async () => {
  for (const type of ["system", "memory"]) {
    const { model, problems } = await validated(
      `auth:\n  keyring: {type: ${type}, spec: {path: x, password_env: Y}}\n`,
    );
    deepEqual([model.keyring, problems], [{ type }, []]);
  }
});

Deno.test("readAuth: durations are milliseconds, keys are secrets, older spellings are read", async () => {
  const { model, problems } = await validated(`auth:
  providers:
    okta: {kind: aws/saml, url: "https://idp.example.com/", region: us-east-1, provider_type: Okta, password: hunter2}
  identities:
    me: {kind: aws/user, credentials: {access_key_id: AKIDEXAMPLE, secret_access_key: hunter2}, session: {duration: 43200}}
    old: {kind: aws/permission-set, provider: okta, principal: {name: Admin, account: dev}}
`);
  deepEqual(messages(problems), [
    "warning auth.identities.old.provider: older spelling: write via: {provider: NAME}",
  ]);
  const [okta, me, old] = [model.providers.get("okta"), model.identities.get("me"), model.identities.get("old")];
  equal(okta?.kind === "aws/saml" ? okta.driver : "", "Okta");
  equal(me?.kind === "aws/user" ? me.sessionMs : 0, 43_200_000);
  equal(me?.kind === "aws/user" ? me.keys?.secretAccessKey.reveal() : "", "hunter2");
  equal(old?.via?.provider, "okta");
  equal(JSON.stringify([okta, me]).includes("hunter2"), false);
});

Deno.test("readAuth: one broken entry leaves the others usable and is remembered with its problems", async () => {
  const { model, problems } = await validated(`${SSO_AND_DEV}    bad: {kind: aws/permission-set, via: {provider: sso}}
`.replace("  identities:", "    other: {kind: aws/saml}\n  identities:"));
  deepEqual([...model.providers.keys()], ["sso"]);
  deepEqual([...model.identities.keys()], ["dev"]);
  deepEqual(model.broken.map(({ family, name, problems }) => [family, name, problems.length]), [
    ["providers", "other", 2],
    ["identities", "bad", 1],
  ]);
  equal(problems.length, 3);
});

Deno.test("readAuth: references find names in any case, and say when the other kind of name was meant", async () => {
  deepEqual((await validated(SSO_AND_DEV.replace("provider: sso", "provider: SSO"))).problems, []);
  const { problems } = await validated(SSO_AND_DEV.replace("via: {provider: sso}", "via: {identity: sso}"));
  deepEqual(messages(problems), [
    'error auth.identities.dev.via.identity: found "sso": that is a provider, write via.provider',
  ]);
});

Deno.test("readAuth: a user's session may be longer with MFA", async () => {
  const user = (credentials: string) =>
    `auth:\n  identities:\n    me: {kind: aws/user, session: {duration: 36h}${credentials}}\n`;
  deepEqual((await validated(user(", credentials: {mfa_arn: 'arn:aws:iam::123456789012:mfa/me'}"))).problems, []);
  // The keyring may have the device, with the keys.
  deepEqual((await validated(user(""))).problems, []);
  const keys = ", credentials: {access_key_id: AKIAIOSFODNN7EXAMPLE, secret_access_key: s}";
  deepEqual(messages((await validated(user(keys))).problems), [
    'error auth.identities.me.session.duration: found "36h": must be at most 12h, or 36h with credentials.mfa_arn',
  ]);
});

Deno.test("readAuth: a broken identity says whether it is the default, and its tags", async () => {
  const table: readonly (readonly [string, boolean])[] = [
    ["kind: none", false],
    ["kind: none, default: true", true],
    ["kind: none, default: ture", true],
    ["kind: none, default: false", false],
    ["kind: none, default:", false],
    ["kind: azure/subscription, default: true", true],
  ];
  for (const [fields, isDefault] of table) {
    const { model } = await validated(`auth: {identities: {prod: {${fields}, tags: [live, 7]}}}\n`);
    const [prod] = model.broken;
    deepEqual([prod?.name, prod?.isDefault, prod?.tags], ["prod", isDefault, ["live", "7"]], fields);
  }
  const entries: readonly (readonly [string, boolean])[] = [["", false], ["7", true], ["[dev]", true]];
  for (const [entry, isDefault] of entries) {
    const { model } = await validated(`auth: {identities: {prod: ${entry}}}\n`);
    deepEqual(model.broken[0]?.isDefault, isDefault, entry);
  }
});
