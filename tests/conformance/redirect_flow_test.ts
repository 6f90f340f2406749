import { deepEqual, equal, match, notEqual, rejects } from "node:assert/strict";
import { authorizePage } from "../../src/aws/sso/sso_authorize.ts";
import type { ClientRegistration } from "../../src/aws/sso/sso_oidc.ts";
import { redirectFlow } from "../../src/auth/sso/redirect_flow.ts";
import { denoHost } from "../../src/host/deno.ts";
import type { Visit } from "../../src/host/host.ts";
import { NetError } from "../../src/host/net/net_error.ts";
import { Secret } from "../../src/secret.ts";
import { type Standin, startStandin } from "../support/standin/aws_standin.ts";
import type { StandinOptions } from "../support/standin/world.ts";
import { FAKE_PORT, fakeLoopback, type LoopbackSeen, type Visits } from "../support/host/fake_loopback.ts";
import { recordedUi } from "../unit/auth/login/login_place.ts";
import { refusal } from "../support/terminal/refusal.ts";

const startUrl = "https://corp.awsapps.com/start";
const CALLBACK = "/oauth/callback";

interface Login {
  readonly aws: Standin;
  readonly seen: LoopbackSeen;
  readonly said: readonly string[];
  /** The page that the person was shown. */
  page(): URL;
  run(client?: ClientRegistration): ReturnType<typeof redirectFlow>;
}

interface Scene extends StandinOptions {
  /** Who comes, given where AWS sends the browser. */
  readonly visits?: (back: string, page: URL) => readonly Visit[];
  readonly deaf?: true;
}

function get(target: string): Visit {
  return { method: "GET", target };
}

/** A login with the real client and the stand-in; only the browser and the port are not there. */
async function login({ visits = (back) => [get(back)], deaf, ...options }: Scene, test: (one: Login) => Promise<void>) {
  await using aws = await startStandin({ sso: {}, ...options });
  const ui = recordedUi();
  const page = () => new URL(ui.said.findLast((line) => line.startsWith("page "))!.slice("page ".length));
  const come: Visits = async () => {
    const answer = await fetch(page(), { redirect: "manual" });
    await answer.body?.cancel();
    const { origin, href } = new URL(answer.headers.get("location")!);
    equal(origin, `http://127.0.0.1:${FAKE_PORT}`);
    return visits(href.slice(origin.length), page());
  };
  const { loopback, seen } = fakeLoopback(deaf ? new NetError("other", "127.0.0.1", "no port can be had") : come);
  const place = { region: "us-east-2", settings: settingsOf(aws.url) };
  const run = (client?: ClientRegistration) =>
    redirectFlow({ ...denoHost(), loopback }, { ...place, startUrl, ui, client });
  await test({ aws, seen, said: ui.said, page, run });
  equal(seen.open, 0);
}

function settingsOf(endpoint: string | undefined, more: { readonly fips?: boolean } = {}) {
  const nothing = { fips: false, dualstack: false, retryMode: "standard", maxAttempts: 1, profile: undefined } as const;
  return { ...nothing, ...more, endpoints: endpoint === undefined ? {} : { sso_oidc: endpoint } } as never;
}

Deno.test("redirect: the page, the proof, and strangers that do not end the wait", async () => {
  const strangers = [get("/favicon.ico"), get(`${CALLBACK}?code=theirs&state=x`)];
  const visits = (back: string) => [...strangers, { method: "POST", target: back }, get(back), get(back)];
  await login({ visits }, async ({ aws, seen, page, run }) => {
    const grant = (await run())!;
    match(grant.token.accessToken.reveal(), /^standin-access/);
    equal(grant.client.redirectUri, "http://127.0.0.1/oauth/callback");
    deepEqual(seen.answers.map(({ status }) => status).slice(0, 5), [404, 400, 400, 200, 400]);
    deepEqual(seen.waits, [600_000]);
    const [register, , token] = aws.calls;
    equal(register!.parameters["grantTypes"], '["authorization_code","refresh_token"]');
    deepEqual([register!.parameters["issuerUrl"], register!.parameters["clientName"]], [startUrl, "atmos-auth"]);
    equal(register!.parameters["redirectUris"], '["http://127.0.0.1/oauth/callback"]');
    const { state, code_challenge, client_id, ...rest } = Object.fromEntries(page().searchParams);
    deepEqual(rest, {
      response_type: "code",
      redirect_uri: `http://127.0.0.1:${FAKE_PORT}/oauth/callback`,
      code_challenge_method: "S256",
      scopes: "sso:account:access",
    });
    equal(client_id, grant.client.clientId);
    match(state!, /^[\w-]{43}$/);
    match(code_challenge!, /^[\w-]{43}$/);
    match(token!.parameters["codeVerifier"]!, /^[\w-]{43}$/);
    equal(page().href.includes(token!.parameters["codeVerifier"]!), false);
  });
});

Deno.test("redirect: no state, verifier or code comes twice", async () => {
  await login({}, async ({ aws, page, run }) => {
    const client = (await run())!.client;
    const first = page();
    await run(client);
    for (const name of ["state", "code_challenge"]) {
      notEqual(first.searchParams.get(name), page().searchParams.get(name), name);
    }
    equal(aws.count("RegisterClient"), 1);
  });
});

Deno.test("redirect: a registration for codes, or for another path, is not used for it", async () => {
  await login({}, async ({ aws, run }) => {
    const codes = { clientId: "device", clientSecret: new Secret("x"), expiresAt: Infinity };
    for (const client of [codes, { ...codes, redirectUri: "http://127.0.0.1/elsewhere" }]) await run(client);
    equal(aws.count("RegisterClient"), 2);
  });
});

const refusals: readonly (readonly [string, Scene, string, RegExp])[] = [
  ["access_denied", { sso: { browser: ["access_denied"] } }, "login-denied", /: the login was refused in the browser$/],
  [
    "another error",
    { sso: { browser: ["server_error"] } },
    "login-denied",
    /: the browser came back with server_error$/,
  ],
  ["no visit", { visits: () => [] }, "login-timeout", /: the login request timed out$/],
  ["only strangers", { visits: () => [get(`${CALLBACK}?error=access_denied&state=x`)] }, "login-timeout", /timed out$/],
  [
    "a code that AWS did not give",
    { visits: (_, page) => [get(`${CALLBACK}?code=forged&state=${page.searchParams.get("state")}`)] },
    "login-denied",
    /: AWS rejected the code from the browser \(Invalid authorization code provided\)$/,
  ],
];

for (const [says, scene, code, message] of refusals) {
  Deno.test(`redirect: ${says}: ${code}, and the port is given back`, async () => {
    await login(scene, async ({ run }) => {
      await rejects(
        run(),
        refusal({
          code,
          message,
          hint: /^Log in again: atmos auth login(?:, or if .*: atmos auth login --device-code|$)/,
        }),
      );
    });
  });
}

Deno.test("redirect: where no port can be had: a line, nothing, and no call", async () => {
  await login({ deaf: true }, async ({ aws, said, run }) => {
    equal(await run(), undefined);
    deepEqual(said, [
      "The browser cannot redirect back to this machine: no port is free; logging in with a code instead.",
    ]);
    equal(aws.calls.length, 0);
  });
});

Deno.test("redirect: where AWS takes no such registration: a line and nothing; other failures are failures", async () => {
  const refused = { error: { status: 400, code: "InvalidRequestException", message: "no" } };
  await login({ faults: { RegisterClient: [refused] } }, async ({ said, run }) => {
    equal(await run(), undefined);
    deepEqual(said, ["AWS does not offer a browser redirect here; logging in with a code instead."]);
  });
  await login({ faults: { RegisterClient: [{ reset: true }] } }, async ({ said, run }) => {
    await rejects(run(), { code: "unreachable" });
    deepEqual(said, []);
  });
});

Deno.test("redirect: the page is where the calls go, in every partition, and never something else than a page", async () => {
  const client = { clientId: "c", clientSecret: new Secret("x"), expiresAt: Infinity };
  const input = { client, redirectUri: "http://127.0.0.1:1/oauth/callback", state: new Secret("s"), challenge: "h" };
  const at = async (region: string, endpoint?: string, fips = false) => {
    const page = await authorizePage(denoHost(), { ...input, region, settings: settingsOf(endpoint, { fips }) });
    return page.split("?")[0];
  };
  equal(await at("us-east-2"), "https://oidc.us-east-2.amazonaws.com/authorize");
  equal(await at("cn-north-1"), "https://oidc.cn-north-1.amazonaws.com.cn/authorize");
  equal(await at("us-east-2", undefined, true), "https://oidc-fips.us-east-2.amazonaws.com/authorize");
  equal(await at("us-east-2", "https://x.example/oidc/"), "https://x.example/oidc/authorize");
  equal(await at("us-east-2", "http://localhost:4566"), "http://localhost:4566/authorize");
  await rejects(at("us-east-2", "http://x.example"), { code: "login-denied", message: /is not an https URL/ });
  await rejects(at("us-east-2", "file:///etc/passwd"), { code: "config-invalid" });
});
