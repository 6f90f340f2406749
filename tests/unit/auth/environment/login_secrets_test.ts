import { deepEqual } from "node:assert/strict";
import { loginSecretsAmong } from "../../../../src/auth/environment/login_secrets.ts";
import { type AuthModel, EMPTY_MODEL } from "../../../../src/auth/model/model.ts";
import { Secret } from "../../../../src/secret.ts";

const PARENT = {
  PATH: "/bin",
  ATMOS_KEYRING_PASSWORD: "1",
  atmos_saml_password: "2",
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: "3",
  ACTIONS_ID_TOKEN_REQUEST_URL: "4",
  ATMOS_SAML_USERNAME: "me",
  KEYRING: "5",
  OTHER_KEYRING: "6",
  COMPANY_PASSWORD: "7",
  GLASS_KEY: "8",
  EMPTY: "",
};
const FIXED = [
  "ATMOS_KEYRING_PASSWORD",
  "atmos_saml_password",
  "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
];

Deno.test("what atmos logs in with: the fixed names, in upper and lower case", () => {
  deepEqual(loginSecretsAmong(PARENT, EMPTY_MODEL), FIXED);
});

Deno.test("what atmos logs in with: the variables that are named for the keyring's password", () => {
  const keyring = { type: "file", path: undefined, passwordEnv: "KEYRING" } as const;
  const parent = { ...PARENT, ATMOS_KEYRING_PASSWORD_ENV: "OTHER_KEYRING" };
  deepEqual(loginSecretsAmong(parent, { ...EMPTY_MODEL, keyring }), [...FIXED, "KEYRING", "OTHER_KEYRING"]);
});

Deno.test("what atmos logs in with: variables whose values the configuration has as secrets", () => {
  const model = {
    ...EMPTY_MODEL,
    providers: new Map([["saml", { username: "me", password: new Secret("7") }]]),
    identities: new Map([["glass", { credentials: { keys: [new Secret("8"), new Secret("")] }, region: undefined }]]),
  } as unknown as AuthModel;
  deepEqual(loginSecretsAmong(PARENT, model), [...FIXED, "COMPANY_PASSWORD", "GLASS_KEY"]);
});
