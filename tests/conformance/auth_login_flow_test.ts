import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { callSettings } from "../../src/auth/flow/call_settings.ts";
import { deviceFlow } from "../../src/auth/sso/device_flow.ts";
import { ssoLogin } from "../../src/auth/sso/sso_login.ts";
import { readSsoSession } from "../../src/auth/files/sso_session_file.ts";
import type { AppError } from "../../src/errors.ts";
import { net } from "../../src/host/net/net.ts";
import { Secret } from "../../src/secret.ts";
import { type Standin, startStandin } from "../support/standin/aws_standin.ts";
import type { StandinOptions } from "../support/standin/world.ts";
import { loginPlace, type Person, recordedUi } from "../unit/auth/login/login_place.ts";

const NAME = { startUrl: "https://corp.awsapps.com/start", region: "us-east-2", endpointUrl: undefined };

/** The real network to the stand-in, and a clock that only sleeping moves. */
async function flow(options: StandinOptions, body: (at: Flow) => Promise<void>): Promise<void> {
  await using standin = await startStandin({ sso: {}, ...options });
  const { host, files } = loginPlace({ now: Date.now() });
  const settings = callSettings(host, { endpointUrl: standin.url });
  const login = (person: Person = {}, refused?: Secret) => {
    const ui = recordedUi(person);
    return ssoLogin({ ...host, net }, { ...NAME, settings, ui, refused });
  };
  const device = () => deviceFlow({ ...host, net }, { ...NAME, settings, ui: recordedUi(), client: undefined });
  await body({ standin, host, files, login, device });
  standin.assertDone();
}

interface Flow extends ReturnType<typeof loginPlace> {
  readonly standin: Standin;
  readonly login: (person?: Person, refused?: Secret) => ReturnType<typeof ssoLogin>;
  readonly device: () => ReturnType<typeof deviceFlow>;
}

Deno.test("device flow: waits as long as AWS says, and five seconds more each time it says slower", async () => {
  await flow({ sso: { device: ["pending", "slow_down", "pending", "slow_down"], interval: 3 } }, async (at) => {
    ok((await at.device()).token.refreshToken);
    deepEqual(at.host.seen.sleeps, [3_000, 3_000, 8_000, 8_000, 13_000]);
  });
});

Deno.test("device flow: gives up by itself when the code is over", async () => {
  await flow({ sso: { device: ["pending", "pending"], interval: 5, codeSeconds: 12 } }, async (at) => {
    await rejects(at.device(), { code: "login-timeout", message: /the code expired before it was confirmed$/ });
    deepEqual(at.host.seen.sleeps, [5_000, 5_000]);
  });
});

for (
  const [says, code, message] of [
    ["denied", "login-denied", /refused in the browser$/],
    ["expired", "login-timeout", /expired before it was confirmed$/],
  ] as const
) {
  Deno.test(`device flow: ${says}: ${code}`, async () => {
    await flow({ sso: { device: [says] } }, async (at) => await rejects(at.device(), { code, message }));
  });
}

const GONE = { error: { status: 400, code: "InvalidGrantException", message: "gone" } };
const CLIENT = { error: { status: 401, code: "InvalidClientException", message: "who" } };

Deno.test("device flow: a code that AWS takes no longer, and a registration that it forgets at once", async () => {
  await flow({ faults: { CreateToken: [GONE] } }, async (at) => {
    await rejects(at.device(), { code: "login-denied", message: /the code is no longer valid$/ });
  });
  await flow({ faults: { StartDeviceAuthorization: [CLIENT] } }, async (at) => {
    await rejects(at.device(), { code: "login-denied", message: /rejected a new client registration$/ });
  });
});

Deno.test("SSO login: kept, then refreshed without a person, the new refresh token kept in its place", async () => {
  await flow({ sso: { tokenSeconds: 3_600 } }, async (at) => {
    const first = (await at.login()).accessToken.reveal();
    equal((await at.login({ interactive: false })).accessToken.reveal(), first);
    const before = (await readSsoSession(at.host, NAME)).session!.refresh!.refreshToken.reveal();
    await at.host.clock.sleep(3_301_000);
    const second = (await at.login({ interactive: false })).accessToken.reveal();
    ok(second !== first);
    ok((await readSsoSession(at.host, NAME)).session!.refresh!.refreshToken.reveal() !== before);
    equal(at.standin.count("StartDeviceAuthorization"), 1);
  });
});

const ODD = { error: { status: 400, code: "InvalidRequestException", message: "Invalid refresh token" } };

Deno.test("SSO login: a refresh that is refused in words of its own is no more than refused", async () => {
  await flow({ sso: { tokenSeconds: 60, device: ["pending"] }, faults: { CreateToken: [{}, {}, ODD] } }, async (at) => {
    await at.login();
    await rejects(at.login({ interactive: false }), { code: "login-needed" });
  });
});

Deno.test("SSO login: without a refresh token every new session is a person's", async () => {
  await flow({ sso: { noRefresh: true, tokenSeconds: 60 } }, async (at) => {
    await at.login();
    await rejects(at.login({ interactive: false }), { code: "login-needed" });
    await at.login();
    equal(at.standin.count("StartDeviceAuthorization"), 2);
  });
});

Deno.test("SSO login: a session that AWS refuses is replaced, with the registration that is there", async () => {
  await flow({}, async (at) => {
    const { accessToken } = await at.login();
    at.standin.logins.revoke();
    const next = await at.login({}, accessToken);
    ok(next.accessToken.reveal() !== accessToken.reveal());
    equal((await at.login({}, accessToken)).accessToken.reveal(), next.accessToken.reveal());
    deepEqual([at.standin.count("RegisterClient"), at.standin.count("StartDeviceAuthorization")], [1, 2]);
  });
});

Deno.test("SSO login: refused once, then only whoever asks to log in begins anew", async () => {
  await flow({ sso: { device: ["denied"] } }, async (at) => {
    await rejects(at.login(), { code: "login-denied", message: /in the browser$/ });
    await rejects(at.login(), (error: AppError) => {
      match(error.message, /another run was refused \d+ s ago$/);
      return error.code === "login-denied";
    });
    equal(at.standin.count("StartDeviceAuthorization"), 1);
    await at.host.clock.sleep(1);
    ok(await at.login({ explicit: true }));
  });
});
