import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import {
  isFresh,
  readSsoSession,
  removeSsoSession,
  type SsoSession,
  writeSsoSession,
} from "../../../../src/auth/files/sso_session_file.ts";
import { ssoSessionKey, ssoSessionPath } from "../../../../src/auth/files/sso_session_place.ts";
import { Secret } from "../../../../src/secret.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { fakeStore } from "../../store/store_host.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";

const NAME = { startUrl: "https://company.awsapps.com/start", region: "us-east-1", endpointUrl: undefined };
// printf %s 'https://company.awsapps.com/start|us-east-1' | sha1sum
const PATH = "/h/.cache/atmos/aws-sso/sessions/93f970a5e1cca1b54d8e44397ec8d7a5b234b738.json";
const SESSION: SsoSession = {
  ...NAME,
  accessToken: new Secret("access"),
  expiresAt: Date.UTC(2026, 7, 1, 10),
  refresh: {
    refreshToken: new Secret("refresh"),
    clientId: "client",
    clientSecret: new Secret("hush"),
    registrationExpiresAt: Date.UTC(2026, 9, 1),
  },
};
const TEXT = `{
  "accessToken": "access",
  "expiresAt": "2026-08-01T10:00:00.000Z",
  "region": "us-east-1",
  "startUrl": "https://company.awsapps.com/start",
  "refreshToken": "refresh",
  "clientId": "client",
  "clientSecret": "hush",
  "registrationExpiresAt": "2026-10-01T00:00:00.000Z"
}`;

function place(env: Record<string, string> = { HOME: "/h" }) {
  const { files, host } = fakeStore();
  return { files, host: { ...host, env: fakeHost({ env }).env } };
}

Deno.test("SSO session: where it is", async () => {
  equal(`${await ssoSessionKey(NAME)}`, PATH.slice(PATH.lastIndexOf("/") + 1, -5));
  const at = async (env: Record<string, string>) =>
    (await ssoSessionPath(fakeHost({ env }), NAME))?.split("/atmos/")[0];
  equal(await at({ HOME: "/h" }), "/h/.cache");
  equal(await at({ HOME: "/h", XDG_CACHE_HOME: "/x" }), "/x");
  equal(await at({ XDG_CACHE_HOME: "/x", ATMOS_XDG_CACHE_HOME: "/y" }), "/y");
  equal(await at({ HOME: "/h", XDG_CACHE_HOME: "relative" }), "/h/.cache");
  equal(await at({}), undefined);
});

Deno.test("SSO session: one that was made at another endpoint is another one, in its name and in its file", async () => {
  const { files, host } = place();
  const there = { ...NAME, endpointUrl: "https://sso.example.com" };
  await writeSsoSession(host, SESSION);
  equal((await readSsoSession(host, there)).session, undefined);
  const path = await ssoSessionPath(host, there);
  notEqual(path, PATH);
  await writeSsoSession(host, { ...SESSION, ...there });
  equal((await readSsoSession(host, there)).session?.endpointUrl, there.endpointUrl);
  // Under the other's name it is nothing.
  for (const [from, to, name] of [[path!, PATH, NAME], [PATH, path!, there]] as const) {
    const text = from === PATH ? TEXT : files.text(from)!;
    files.put(to, text, { mode: 0o600 });
    deepEqual(await readSsoSession(host, name), { session: undefined, problem: undefined });
  }
});

Deno.test("SSO session: written, private, read back, removed", async () => {
  const { files, host } = place();
  equal(await writeSsoSession(host, SESSION), undefined);
  equal(files.text(PATH), TEXT);
  equal(host.read.stat(PATH)?.mode, 0o600);
  equal(host.read.stat("/h/.cache/atmos/aws-sso/sessions")?.mode, 0o700);
  deepEqual(plain((await readSsoSession(host, NAME)).session), plain(SESSION));
  equal(await removeSsoSession(host, NAME), undefined);
  equal(await removeSsoSession(host, NAME), undefined);
  deepEqual(await readSsoSession(host, NAME), { session: undefined, problem: undefined });
});

/** Secrets compare equal whatever they hold. */
function plain(session: SsoSession | undefined): unknown {
  const { accessToken, refresh, ...rest } = session!;
  return {
    ...rest,
    refresh: { ...refresh },
    told: [accessToken, refresh?.refreshToken, refresh?.clientSecret].map((one) => one?.reveal()),
  };
}

Deno.test("SSO session: what its registration is for is kept beside the Go atmos's fields, which come first", async () => {
  const { files, host } = place();
  const redirectUri = "http://127.0.0.1/oauth/callback";
  await writeSsoSession(host, { ...SESSION, refresh: { ...SESSION.refresh!, redirectUri } });
  equal(files.text(PATH), TEXT.replace('Z"\n}', `Z",\n  "redirectUri": "${redirectUri}"\n}`));
  equal((await readSsoSession(host, NAME)).session?.refresh?.redirectUri, redirectUri);
});

Deno.test("SSO session: without anything to refresh it with", async () => {
  const { files, host } = place();
  await writeSsoSession(host, { ...SESSION, refresh: undefined });
  equal(Object.keys(JSON.parse(files.text(PATH)!)).join(), "accessToken,expiresAt,region,startUrl");
  equal((await readSsoSession(host, NAME)).session?.refresh, undefined);
});

Deno.test("SSO session: times as Go writes them", async () => {
  const { files, host } = place();
  const text = TEXT.replace("2026-08-01T10:00:00.000Z", "2026-08-01T12:00:00.123456789+02:00")
    .replace("2026-10-01T00:00:00.000Z", "0001-01-01T00:00:00Z");
  files.put(PATH, text);
  const { session } = await readSsoSession(host, NAME);
  equal(session?.expiresAt, Date.UTC(2026, 7, 1, 10, 0, 0, 123));
  equal(session?.refresh?.clientId, "client");
  equal(session?.refresh?.registrationExpiresAt, undefined);
});

const corrupt = ["", "{", "null", "[]", "{}", '{"accessToken": 5}', TEXT.replace("2026-08-01", "soon"), "\0"];

for (const text of corrupt) {
  Deno.test(`SSO session: ${JSON.stringify(text.slice(0, 24))} is left aside and written anew`, async () => {
    const { files, host } = place();
    files.put(PATH, text);
    const { session, problem } = await readSsoSession(host, NAME);
    equal(session, undefined);
    match(problem!.message, /it is not what a login writes$/);
    equal(await writeSsoSession(host, SESSION), undefined);
    equal(files.text(PATH), TEXT);
  });
}

Deno.test("SSO session: one for another portal is none", async () => {
  const { files, host } = place();
  for (const text of [TEXT.replace("us-east-1", "eu-west-1"), TEXT.replace("company", "other")]) {
    files.put(PATH, text);
    deepEqual(await readSsoSession(host, NAME), { session: undefined, problem: undefined });
  }
});

Deno.test("SSO session: one that others may read is refused, until a login mends it", async () => {
  const { files, host } = place();
  for (const mode of [0o640, 0o604, 0o620]) {
    files.put(PATH, TEXT, { mode });
    const { session, problem } = await readSsoSession(host, NAME);
    equal(session, undefined);
    match(problem!.message, /other users may read it$/);
  }
  await writeSsoSession(host, SESSION);
  equal(host.read.stat(PATH)?.mode, 0o600);
  equal((await readSsoSession(host, NAME)).problem, undefined);
});

Deno.test("SSO session: one that another user has put there is refused", async () => {
  const { files, host } = place();
  files.put(PATH, TEXT, { uid: 666 });
  match((await readSsoSession(host, NAME)).problem!.message, /it belongs to another user$/);
});

Deno.test("SSO session: no HOME and a closed directory are told, not thrown", async () => {
  match((await writeSsoSession(place({}).host, SESSION))!.message, /HOME is not set$/);
  deepEqual(await readSsoSession(place({}).host, NAME), { session: undefined, problem: undefined });
  const { files, host } = place();
  files.directory("/h");
  files.close("/h", "denied");
  const problem = await writeSsoSession(host, SESSION);
  match(problem!.message, /^Cannot write SSO session ".*": permission denied/);
  match(renderRemedy({}, problem!), /ATMOS_XDG_CACHE_HOME/);
});

Deno.test("isFresh: for five minutes and more", () => {
  equal(isFresh(SESSION, SESSION.expiresAt - 300_000), true);
  equal(isFresh(SESSION, SESSION.expiresAt - 299_999), false);
});
