import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { readAuth } from "../../../../src/auth/model/read_auth.ts";
import { credentialsFor } from "../../../../src/cli/login/credentials_for.ts";
import type { Globals } from "../../../../src/cli/args/global_flags.ts";
import { locatedFrom } from "../../../support/config/located_from.ts";
import { loginPlace } from "../../auth/login/login_place.ts";

const globals = { "logs-level": undefined, "no-color": false } as unknown as Globals;
const CREDENTIALS = "/h/.config/atmos/test/aws/sso/credentials";
const { model } = await readAuth(locatedFrom(`
realm: test
providers: {sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: https://x/start}}
identities:
  Dev: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: "123456789012"}}
  runner: {kind: aws/ambient}
`));

/** Credentials that last for so many minutes are kept. */
async function got(login: boolean, { minutes, identity = "dev" }: { minutes?: number; identity?: string } = {}) {
  const env = { HOME: "/h", AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "s" };
  const { host, files } = loginPlace({ env });
  const end = new Date(host.clock.now() + (minutes ?? 0) * 60_000).toISOString();
  const keys = "aws_access_key_id = ASIA1\naws_secret_access_key = s\naws_session_token = t\n";
  if (minutes !== undefined) files.put(CREDENTIALS, `; atmos: expiration=${end}\n[dev]\n${keys}`);
  const target = { model, directory: undefined, identity };
  const obtained = await credentialsFor(host, { target, globals, login });
  equal(host.seen.requests.length, 0);
  return [obtained.credentials.accessKeyId, obtained.source.kind, obtained.renewed];
}

Deno.test("credentials for a program: those that are kept, for as long as they last", async () => {
  deepEqual(await got(false, { minutes: 2 }), ["ASIA1", "files", false]);
  deepEqual(await got(true, { minutes: 16 }), ["ASIA1", "files", false]);
  deepEqual(await got(true, { minutes: 2 }), ["ASIA1", "files", false]);
});

Deno.test("credentials for a program: none, with the command that gets them", async () => {
  const needed = (login: boolean, minutes: number | undefined, message: RegExp) =>
    rejects(got(login, minutes === undefined ? {} : { minutes }), (error: Error & { code: string; hint: string }) => {
      equal(error.code, "login-needed");
      match(error.message, message);
      match(error.hint, /: atmos auth login Dev$/);
      return true;
    });
  await needed(false, undefined, /"Dev": it is not logged in$/);
  await needed(false, 0, /"Dev": its credentials have expired$/);
  await needed(true, undefined, /there is none, or it has expired$/);
  await needed(true, 0, /there is none, or it has expired$/);
});

Deno.test("credentials for a program: the environment's own need no login", async () => {
  deepEqual(await got(false, { identity: "runner" }), ["AKIAENV", "ambient", false]);
  deepEqual(await got(true, { identity: "runner" }), ["AKIAENV", "ambient", false]);
});
