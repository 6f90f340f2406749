import { deepEqual, equal } from "node:assert/strict";
import { findStoredRegistration, refreshWith } from "../../../../src/auth/sso/client_registration_cache.ts";
import { Secret } from "../../../../src/secret.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";

const CLIENT = { clientId: "c", clientSecret: new Secret("x"), expiresAt: fakeHost().clock.now() + 1 };
const TOKEN = { accessToken: new Secret("a"), refreshToken: new Secret("r"), expiresAt: 0 };
const redirectUri = "http://127.0.0.1/oauth/callback";

function session(client: Parameters<typeof refreshWith>[0]) {
  return {
    startUrl: "https://x",
    region: "y",
    endpointUrl: undefined,
    accessToken: TOKEN.accessToken,
    expiresAt: 0,
    refresh: refreshWith(client, TOKEN),
  };
}

Deno.test("kept registration: comes back as it was, with what it is for, until it is over", () => {
  for (const client of [CLIENT, { ...CLIENT, redirectUri }, { ...CLIENT, expiresAt: Infinity }]) {
    deepEqual(findStoredRegistration(fakeHost(), session(client)), client);
  }
  equal(findStoredRegistration(fakeHost(), session({ ...CLIENT, expiresAt: fakeHost().clock.now() })), undefined);
  equal(session({ ...CLIENT, expiresAt: Infinity }).refresh?.registrationExpiresAt, undefined);
});

Deno.test("kept registration: without a refresh token there is none", () => {
  const { refreshToken: _, ...token } = TOKEN;
  equal(refreshWith(CLIENT, token), undefined);
  equal(findStoredRegistration(fakeHost(), { ...session(CLIENT), refresh: undefined }), undefined);
});
