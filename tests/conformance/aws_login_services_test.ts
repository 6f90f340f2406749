import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { listAccountRoles } from "../../src/aws/sso/list_account_roles.ts";
import { listAccounts } from "../../src/aws/sso/list_accounts.ts";
import { listPermissionSets, type ListProgress } from "../../src/aws/sso/list_permission_sets.ts";
import { getRoleCredentials, logout } from "../../src/aws/sso/sso.ts";
import type { SsoSession } from "../../src/aws/sso/sso_client.ts";
import { type ClientRegistration, registerClient, startDeviceAuthorization } from "../../src/aws/sso/sso_oidc.ts";
import {
  createTokenByCode,
  createTokenByDevice,
  createTokenByRefresh,
  type SsoToken,
  type TokenOutcome,
} from "../../src/aws/sso/sso_oidc_token.ts";
import { getCallerIdentity } from "../../src/aws/sts/sts.ts";
import type { AppError } from "../../src/errors.ts";
import { NetError } from "../../src/host/net/net_error.ts";
import { Secret } from "../../src/secret.ts";
import { type Standin, startStandin } from "../support/standin/aws_standin.ts";
import { access, realHost } from "../support/standin/access.ts";
import type { SsoOptions } from "../support/standin/login.ts";
import type { StandinOptions } from "../support/standin/world.ts";
import { renderRemedy } from "../../src/cli/output/remedy.ts";

const host = realHost();
const START = "https://corp.awsapps.com/start";

interface Place {
  readonly standin: Standin;
  readonly place: ReturnType<typeof access>;
}

function test(name: string, options: StandinOptions, fn: (place: Place) => Promise<void>): void {
  Deno.test(`login: ${name}`, async () => {
    await using standin = await startStandin({ sso: {}, ...options });
    await fn({ standin, place: access(standin) });
    standin.assertDone();
  });
}

async function device({ place }: Place, client: ClientRegistration) {
  const outcome = await startDeviceAuthorization(host, { ...place, client, startUrl: START });
  assert.equal(outcome.kind, "started");
  if (outcome.kind !== "started") throw new Error("not started");
  return outcome.authorization;
}

function tokenOf(outcome: TokenOutcome): SsoToken {
  if (outcome.kind !== "token") throw new Error(`${outcome.kind}: ${outcome.said}`);
  return outcome.token;
}

/** A whole device flow that nobody delays. */
async function logIn(at: Place): Promise<{ readonly client: ClientRegistration; readonly token: SsoToken }> {
  const client = await registerClient(host, { ...at.place, startUrl: START });
  const { deviceCode } = await device(at, client);
  return { client, token: tokenOf(await createTokenByDevice(host, { ...at.place, client, deviceCode })) };
}

async function session(at: Place): Promise<SsoSession> {
  return { ...at.place, accessToken: (await logIn(at)).token.accessToken };
}

const FLOW = { expects: ["RegisterClient", "StartDeviceAuthorization", ...Array(4).fill("CreateToken")] };

test(
  "a device flow: pending, slow down, pending, a token",
  { ...FLOW, sso: { device: ["pending", "slow_down", "pending"], interval: 3 } },
  async (at) => {
    const client = await registerClient(host, { ...at.place, startUrl: START });
    assert.ok(client.expiresAt > Date.now() + 80 * 86_400_000);
    const authorization = await device(at, client);
    assert.equal(authorization.userCode, "WXYZ-1234");
    assert.equal(authorization.intervalMs, 3000);
    assert.match(authorization.verificationUriComplete, /^https:\/\/device\.sso\.\S+\?user_code=WXYZ-1234$/);
    assert.ok(Math.abs(authorization.expiresAt - Date.now() - 600_000) < 60_000);
    const kinds: string[] = [];
    let token: SsoToken | undefined;
    for (let turn = 0; turn < 4; turn++) {
      const outcome = await createTokenByDevice(host, { ...at.place, client, ...authorization });
      kinds.push(outcome.kind);
      if (outcome.kind === "token") token = outcome.token;
    }
    assert.deepEqual(kinds, ["pending", "slow-down", "pending", "token"]);
    assert.ok(token!.expiresAt > Date.now() + 7 * 3_600_000 && token!.refreshToken !== undefined);
    for (const shown of [JSON.stringify, Deno.inspect].map((show) => show({ client, authorization, token }))) {
      assert.doesNotMatch(shown, /standin-(client-secret|device-code|access-token|refresh-token)/);
      assert.match(shown, /standin-client-EXAMPLE/);
    }
    const [registered] = at.standin.calls;
    assert.equal(registered?.parameters["clientName"], "atmos-auth");
    assert.equal(registered?.parameters["clientType"], "public");
    assert.equal(registered?.parameters["scopes"], '["sso:account:access"]');
    assert.match(registered?.parameters["grantTypes"] ?? "", /device_code","refresh_token"\]/);
    assert.equal(at.standin.count("StartDeviceAuthorization"), 1);
  },
);

const REFUSALS: readonly (readonly [SsoOptions, TokenOutcome["kind"], RegExp])[] = [
  [{ device: ["denied"] }, "denied", /denied by the user/],
  [{ device: ["expired"] }, "expired", /device code has expired/],
  [{ codeSeconds: 60 }, "expired", /device code has expired/],
];

for (const [sso, kind, words] of REFUSALS) {
  test(`a device code with ${JSON.stringify(sso)}: ${kind}`, { sso }, async (at) => {
    const client = await registerClient(host, { ...at.place, startUrl: START });
    const { deviceCode } = await device(at, client);
    at.standin.setSkew((sso.codeSeconds ?? 0) * 1000);
    const outcome = await createTokenByDevice(host, { ...at.place, client, deviceCode });
    assert.equal(outcome.kind, kind);
    assert.match(outcome.kind === "token" ? "" : outcome.said, words);
  });
}

test("a device code that is used up, and one of nobody: invalid-grant", {}, async (at) => {
  const { client } = await logIn(at);
  const deviceCode = new Secret("standin-device-code-EXAMPLE-0003");
  const ask = (code: Secret) => createTokenByDevice(host, { ...at.place, client, deviceCode: code });
  assert.equal((await ask(deviceCode)).kind, "invalid-grant");
  assert.equal((await ask(new Secret("x"))).kind, "invalid-grant");
});

test("a refresh token gives another of both, and is good once", {}, async (at) => {
  const { client, token } = await logIn(at);
  const refresh = (refreshToken: Secret) => createTokenByRefresh(host, { ...at.place, client, refreshToken });
  const second = tokenOf(await refresh(token.refreshToken!));
  assert.notEqual(second.accessToken.reveal(), token.accessToken.reveal());
  assert.notEqual(second.refreshToken!.reveal(), token.refreshToken!.reveal());
  assert.equal((await refresh(token.refreshToken!)).kind, "invalid-grant");
  assert.ok(tokenOf(await refresh(second.refreshToken!)).accessToken);
  assert.equal(at.standin.count("StartDeviceAuthorization"), 1);
});

test("a login without a refresh token", { sso: { noRefresh: true } }, async (at) => {
  assert.equal((await logIn(at)).token.refreshToken, undefined);
});

test("a registration that is over is told, and another one works", {}, async (at) => {
  const { client, token } = await logIn(at);
  at.standin.logins.expireClients();
  const started = await startDeviceAuthorization(host, { ...at.place, client, startUrl: START });
  assert.equal(started.kind, "invalid-client");
  const refreshed = await createTokenByRefresh(host, { ...at.place, client, refreshToken: token.refreshToken! });
  assert.equal(refreshed.kind, "invalid-client");
  assert.ok((await logIn(at)).token.accessToken);
});

const VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const LANDING = "http://127.0.0.1:43210/oauth/callback";

/** What a browser does: opens the page, is sent back with a code. */
async function visit({ standin }: Place, client: ClientRegistration): Promise<URLSearchParams> {
  const query = new URLSearchParams({
    response_type: "code",
    client_id: client.clientId,
    redirect_uri: LANDING,
    state: "s1",
    code_challenge_method: "S256",
    code_challenge: createHash("sha256").update(VERIFIER).digest("base64url"),
  });
  const answer = await fetch(`${standin.url}/authorize?${query}`, { redirect: "manual" });
  await answer.body?.cancel();
  const location = answer.headers.get("location") ?? "";
  assert.ok(location.startsWith(`${LANDING}?`), `${answer.status} ${location}`);
  return new URL(location).searchParams;
}

test("a code from the browser, proved by its verifier, good once", {}, async (at) => {
  const redirectUri = "http://127.0.0.1/oauth/callback";
  const client = await registerClient(host, { ...at.place, startUrl: START, redirectUri });
  const redeem = (code: string, codeVerifier = VERIFIER) =>
    createTokenByCode(host, {
      ...at.place,
      client,
      redirectUri: LANDING,
      code: new Secret(code),
      codeVerifier: new Secret(codeVerifier),
    });
  const back = await visit(at, client);
  assert.equal(back.get("state"), "s1");
  assert.ok(tokenOf(await redeem(back.get("code")!)).refreshToken);
  assert.equal((await redeem(back.get("code")!)).kind, "invalid-grant");
  const other = await visit(at, client);
  assert.equal((await redeem(other.get("code")!, `${VERIFIER}x`)).kind, "invalid-grant");
  assert.equal(at.standin.calls[0]?.parameters["issuerUrl"], START);
});

test("a client registered for the device flow alone may not redeem a code", {}, async (at) => {
  const client = await registerClient(host, { ...at.place, startUrl: START });
  const secrets = { code: new Secret("x"), codeVerifier: new Secret(VERIFIER) };
  const outcome = await createTokenByCode(host, { ...at.place, client, redirectUri: LANDING, ...secrets });
  assert.equal(outcome.kind, "invalid-client");
});

const accounts = Array.from({ length: 5 }, (_, at) => ({
  id: `11111111111${at}`,
  name: `account-${at}`,
  email: `${at}@example.com`,
  roles: ["Admin", "Billing", "ReadOnly"],
}));

test("every page of accounts and of permission sets", { sso: { accounts }, pageSize: 2 }, async (at) => {
  const signedIn = await session(at);
  const found = await listAccounts(host, signedIn);
  assert.deepEqual(found, accounts.map(({ id, name, email }) => ({ id, name, email })));
  assert.equal(at.standin.count("ListAccounts"), 3);
  assert.deepEqual(await listAccountRoles(host, { ...signedIn, accountId: "111111111114" }), accounts[4]!.roles);
  assert.equal(at.standin.count("ListAccountRoles"), 2);
});

const throttled = { error: { status: 429, code: "TooManyRequestsException" }, times: 2 };
const forbidden = { error: { status: 403, code: "ForbiddenException" } };

test(
  "all permission sets: throttled, and one account that may not be listed",
  {
    sso: { accounts: accounts.toReversed() },
    faults: { ListAccounts: [throttled], ListAccountRoles: [forbidden, throttled] },
  },
  async (at) => {
    const shown: string[] = [];
    const signedIn = await session(at);
    const input = { session: { ...signedIn, settings: { ...signedIn.settings, inBatch: true } } };
    const progress = ({ accounts, asked }: ListProgress) => void shown.push(`${asked} of ${accounts}`);
    const found = await listPermissionSets(host, { ...input, progress });
    assert.deepEqual(found.failures.map(({ error }) => error.code), ["aws-denied"]);
    const others = accounts.filter(({ id }) => id !== found.failures[0]!.account.id);
    assert.deepEqual(found.accounts, others);
    assert.deepEqual(shown, [1, 2, 3, 4, 5].map((asked) => `${asked} of 5`));
    assert.equal(at.standin.count("ListAccountRoles"), 7);
  },
);

test("a session that ends while permission sets are listed", { sso: {} }, async (at) => {
  const signedIn = { ...await session(at), accessToken: new Secret("expired") };
  await assert.rejects(listPermissionSets(host, { session: signedIn }), { code: "login-needed" });
});

test("credentials of a permission set work", {}, async (at) => {
  const target = { accountId: "123456789012", roleName: "Admin" };
  const credentials = await getRoleCredentials(host, { ...await session(at), ...target });
  assert.ok(credentials.sessionToken && credentials.expiration! > Date.now());
  const who = await getCallerIdentity(host, { ...at.place, credentials });
  assert.equal(who.arn, "arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Admin/dev");
});

interface Refused {
  readonly accountId?: string;
  readonly roleName?: string;
  readonly standin?: StandinOptions;
  readonly message: RegExp;
  readonly hint: RegExp;
}

const UNLISTED = { ListAccountRoles: [{ error: { status: 400, code: "InvalidRequestException" } }] };
const refused: Readonly<Record<string, Refused>> = {
  "a misspelt permission set": {
    roleName: "Admn",
    message: /^Cannot get credentials of permission set "Admn" in account "123456789012": you may not use it \(No acc/,
    hint: /^Did you mean "Admin"\? In account 123456789012 you may use: Admin, ReadOnly$/,
  },
  "another permission set": { roleName: "Zzz", message: /"Zzz"/, hint: /^In account 123456789012 you may use: Admin/ },
  "an account of somebody else": { accountId: "999999999999", message: /999999999999/, hint: /start_url in a browser/ },
  "an account without permission sets": {
    standin: { sso: { accounts: [{ ...accounts[0]!, id: "123456789012", roles: [] }] } },
    message: /"Admin"/,
    hint: /no permission set in account 123456789012/,
  },
  "a list that cannot be had": { roleName: "Zzz", standin: { faults: UNLISTED }, message: /"Zzz"/, hint: /start_url/ },
};

for (const [says, one] of Object.entries(refused)) {
  test(`credentials of ${says}: aws-denied, with what is allowed`, one.standin ?? {}, async (at) => {
    const target = { accountId: one.accountId ?? "123456789012", roleName: one.roleName ?? "Admin" };
    await assert.rejects(getRoleCredentials(host, { ...await session(at), ...target }), (error: AppError) => {
      assert.equal(error.code, "aws-denied");
      assert.match(error.message, one.message);
      assert.match(renderRemedy({}, error), one.hint);
      return true;
    });
  });
}

test("a revoked session: login-needed for every call, and its refresh token is no good", {}, async (at) => {
  const { client, token } = await logIn(at);
  const signedIn = { ...at.place, accessToken: token.accessToken, accountId: "123456789012", roleName: "Admin" };
  at.standin.logins.revoke();
  for (const call of [getRoleCredentials, listAccounts, listAccountRoles]) {
    await assert.rejects(call(host, signedIn), (error: AppError) => {
      assert.equal(error.code, "login-needed");
      assert.match(error.message, /the session was revoked or has expired$/);
      assert.match(renderRemedy({}, error), /atmos auth login/);
      return true;
    });
  }
  const outcome = await createTokenByRefresh(host, { ...at.place, client, refreshToken: token.refreshToken! });
  assert.equal(outcome.kind, "invalid-grant");
  await logout(host, signedIn);
});

test("logout ends the session; once more is no error", {}, async (at) => {
  const signedIn = await session(at);
  await logout(host, signedIn);
  await assert.rejects(listAccounts(host, signedIn), { code: "login-needed" });
  await logout(host, signedIn);
  assert.equal(at.standin.count("Logout"), 2);
});

test("an access token that has run out: login-needed", { sso: { tokenSeconds: 60 } }, async (at) => {
  const signedIn = await session(at);
  at.standin.setSkew(60_000);
  await assert.rejects(listAccounts(host, signedIn), { code: "login-needed" });
});

test("no access to an account's list: aws-denied", {}, async (at) => {
  const call = listAccountRoles(host, { ...await session(at), accountId: "999999999999" });
  await assert.rejects(call, { code: "aws-denied", message: /in account "999999999999": you have no access \(No acc/ });
});

test("a start URL that AWS does not know", {}, async (at) => {
  const client = await registerClient(host, { ...at.place, startUrl: START });
  const call = startDeviceAuthorization(host, { ...at.place, client, startUrl: "nonsense" });
  await assert.rejects(call, (error: AppError) => {
    assert.equal(error.code, "login-denied");
    assert.match(error.message, /^Cannot start the login at "nonsense": Invalid startUrl provided \(InvalidRequest/);
    assert.match(renderRemedy({}, error), /start_url and region \(us-east-2\) belong together/);
    return true;
  });
});

test("a page that is no web page is not opened", { sso: { page: "file:///etc/passwd" } }, async (at) => {
  const client = await registerClient(host, { ...at.place, startUrl: START });
  const call = startDeviceAuthorization(host, { ...at.place, client, startUrl: START });
  await assert.rejects(call, {
    code: "login-denied",
    message: /its page "file:\/\/\/etc\/passwd" is not an https URL/,
  });
});

const broken: readonly (readonly [string, StandinOptions["faults"], string, RegExp])[] = [
  [
    "no client",
    { RegisterClient: [{ body: "{}" }] },
    "login-denied",
    /register with IAM Identity Center in us-east-2: .*no clientId/,
  ],
  ["no device code", { StartDeviceAuthorization: [{ body: "{}" }] }, "login-denied", /contains no deviceCode$/],
  ["no token", { CreateToken: [{ body: "{}" }] }, "login-denied", /contains no accessToken$/],
  ["a captive portal", { CreateToken: [{ page: { status: 200 } }] }, "unreachable", /an HTML page/],
  ["connections that are cut", { RegisterClient: [{ reset: true, times: 3 }] }, "unreachable", /\(3 attempts\)/],
  [
    "a scope that is refused",
    { RegisterClient: [{ error: { status: 400, code: "InvalidScopeException", message: "no" } }] },
    "login-denied",
    /\(InvalidScopeException\)$/,
  ],
];

for (const [says, faults, code, message] of broken) {
  test(`an answer with ${says}: ${code}`, faults === undefined ? {} : { faults }, async (at) => {
    await assert.rejects(logIn(at), { code, message });
  });
}

test("a broken off answer is asked for again", { faults: { ListAccounts: [{ cut: true }] } }, async (at) => {
  assert.equal((await listAccounts(host, await session(at))).length, 1);
});

test("the stand-in tells answers to the device code that nobody asked for", {}, async () => {
  await using standin = await startStandin({ sso: { device: ["pending"] } });
  assert.throws(() => standin.assertDone(), /were not used: pending/);
});

const HOSTS: readonly (readonly [string, string, string])[] = [
  ["us-east-2", "https://oidc.us-east-2.amazonaws.com/", "https://portal.sso.us-east-2.amazonaws.com/"],
  ["us-gov-west-1", "https://oidc.us-gov-west-1.amazonaws.com/", "https://portal.sso.us-gov-west-1.amazonaws.com/"],
];

for (const [region, oidc, portal] of HOSTS) {
  Deno.test(`login: without a configured endpoint the calls of ${region} go to AWS`, async () => {
    const asked: string[] = [];
    const fetch = (request: { readonly url: string; readonly headers?: unknown }) => {
      asked.push(request.url);
      return Promise.reject(new NetError("tls", "x:443", "stopped here"));
    };
    const closed = { ...host, net: { fetch } };
    const place = access({ url: "" }, { region, settings: { endpoints: {} } });
    await assert.rejects(registerClient(closed, { ...place, startUrl: START }), { code: "unreachable" });
    const call = listAccounts(closed, { ...place, accessToken: new Secret("x") });
    await assert.rejects(call, { code: "unreachable" });
    assert.deepEqual(asked, [`${oidc}client/register`, `${portal}assignment/accounts?max_result=100`]);
  });
}
