import { deepEqual, equal, match } from "node:assert/strict";
import { credentials } from "../../src/auth/login/credentials.ts";
import { locateIdentity } from "../../src/auth/login/identity.ts";
import {
  CALL_AWS,
  type CredentialPolicy,
  HAND_OUT,
  INSPECT,
  LOG_IN,
  STORED_ONLY,
} from "../../src/auth/login/policies.ts";
import { rememberRefusal } from "../../src/auth/sso/recent_denials.ts";
import { ssoSessionPath } from "../../src/auth/files/sso_session_place.ts";
import { AppError } from "../../src/errors.ts";
import { type Aws, CREDENTIALS, DEV, identityPlace } from "../support/config/identity_place.ts";
import { recordedUi } from "../unit/auth/login/login_place.ts";

const POLICIES: Readonly<Record<string, CredentialPolicy>> = {
  "log in": LOG_IN,
  "hand out": HAND_OUT,
  "call AWS": CALL_AWS,
  "call AWS, if needed asking": { ...CALL_AWS, ask: "if-needed" },
  "inspect": INSPECT,
  "stored only": STORED_ONLY,
};

const DRY: readonly CredentialPolicy[] = [INSPECT, STORED_ONLY];

/** Minutes that stored credentials are valid for: longer than any policy wants, shorter than some, over, nothing. */
const STORED = { fresh: 60, short: 3, expired: -1, nothing: undefined } as const;
/** Valid for long, but had for an identity that was configured otherwise: as good as nothing to every policy. */
const OUTDATED = { minutes: STORED.fresh, isOutdated: true };
const ANSWERS: readonly Aws[] = ["ok", "login-needed", "denied", "unreachable"];

/**
 * Of each policy, for credentials that are fresh; short; expired, missing or outdated: what happens with a terminal and without,
 * where AWS gives new ones; wants a login; the login is refused; AWS cannot be reached. "asked" is the user's login.
 */
const TABLE = `
log in                     | fresh   | terminal | stored | stored           | stored            | stored
log in                     | short   | terminal | new    | asked, new       | asked, denied     | unreachable
log in                     | expired | terminal | new    | asked, new       | asked, denied     | unreachable
log in                     | fresh   | none     | stored | stored           | stored            | stored
log in                     | short   | none     | new    | login-needed     | login-needed      | unreachable
log in                     | expired | none     | new    | login-needed     | login-needed      | unreachable
hand out                   | fresh   | terminal | stored | stored           | stored            | stored
hand out                   | short   | terminal | new    | asked, new       | asked, denied     | stored
hand out                   | expired | terminal | new    | asked, new       | asked, denied     | unreachable
hand out                   | fresh   | none     | stored | stored           | stored            | stored
hand out                   | short   | none     | new    | stored           | stored            | stored
hand out                   | expired | none     | new    | login-needed     | login-needed      | unreachable
call AWS                   | fresh   | terminal | stored | stored           | stored            | stored
call AWS                   | short   | terminal | new    | stored           | stored            | stored
call AWS                   | expired | terminal | new    | login-needed     | login-needed      | unreachable
call AWS                   | fresh   | none     | stored | stored           | stored            | stored
call AWS                   | short   | none     | new    | stored           | stored            | stored
call AWS                   | expired | none     | new    | login-needed     | login-needed      | unreachable
call AWS, if needed asking | fresh   | terminal | stored | stored           | stored            | stored
call AWS, if needed asking | short   | terminal | new    | asked, new       | asked, denied     | stored
call AWS, if needed asking | expired | terminal | new    | asked, new       | asked, denied     | unreachable
call AWS, if needed asking | fresh   | none     | stored | stored           | stored            | stored
call AWS, if needed asking | short   | none     | new    | stored           | stored            | stored
call AWS, if needed asking | expired | none     | new    | login-needed     | login-needed      | unreachable
inspect                    | fresh   | terminal | stored | stored           | stored            | stored
inspect                    | short   | terminal | stored | stored           | stored            | stored
inspect                    | expired | terminal | new    | login-needed     | login-needed      | unreachable
inspect                    | fresh   | none     | stored | stored           | stored            | stored
inspect                    | short   | none     | stored | stored           | stored            | stored
inspect                    | expired | none     | new    | login-needed     | login-needed      | unreachable
stored only                | fresh   | terminal | stored | stored           | stored            | stored
stored only                | short   | terminal | stored | stored           | stored            | stored
stored only                | expired | terminal | login-needed | login-needed | login-needed     | login-needed
stored only                | fresh   | none     | stored | stored           | stored            | stored
stored only                | short   | none     | stored | stored           | stored            | stored
stored only                | expired | none     | login-needed | login-needed | login-needed     | login-needed
`;

interface Case {
  readonly policy: CredentialPolicy;
  readonly minutes: number | undefined;
  readonly isOutdated?: boolean;
  readonly interactive: boolean;
  readonly aws: Aws;
}

/** What the user reads where stored credentials are used in place of new ones: for how long, and AWS's answer. */
const FELL_BACK: Partial<Record<Aws, RegExp>> = {
  "login-needed":
    /^Using the stored credentials of identity "Dev", which expire in [23]m, since .*: Cannot use the SSO session/,
  "denied":
    /^Using the stored credentials of identity "Dev", which expire in [23]m, since .*: Cannot use the SSO session/,
  "unreachable":
    /^Using the stored credentials of identity "Dev", which expire in [23]m, since .*: .*connection refused/,
};

/** Where they are: those of an earlier configuration stay, for the programs that have them. */
async function storedPath(host: Parameters<typeof locateIdentity>[0]): Promise<string> {
  return (await locateIdentity(host, DEV)).place!.credentials;
}

async function outcomeOf({ policy, interactive, aws, ...stored }: Case): Promise<string> {
  const place = await identityPlace({ ...stored, aws });
  const ui = recordedUi({ interactive });
  const found = await credentials(place.host, { target: DEV, ui }, policy)
    .then((active) => active.credentials.accessKeyId.replace("ASIA", "").toLowerCase())
    .catch((error) => error instanceof AppError ? error.code.replace("login-denied", "denied") : Promise.reject(error));
  if (DRY.includes(policy)) deepEqual(place.writes, []);
  else if (found === "new") match(place.files.text(await storedPath(place.host)) ?? "", /ASIANEW/);
  if (found === "stored" && stored.minutes === STORED.fresh) deepEqual([place.asked, place.reads], [[], [CREDENTIALS]]);
  const wantsNew = stored.minutes !== undefined && stored.minutes * 60_000 < policy.minTtlMs;
  equal(
    ui.warned.filter(({ message }) => FELL_BACK[aws]?.test(message)).length,
    found === "stored" && wantsNew ? 1 : 0,
  );
  return ui.said.some((line) => line.startsWith("code ")) ? `asked, ${found}` : found;
}

for (const row of TABLE.trim().split("\n")) {
  const [name, stored, terminal, ...expected] = row.split("|").map((cell) => cell.trim());
  const ages = stored === "expired"
    ? { expired: { minutes: STORED.expired }, nothing: { minutes: STORED.nothing }, outdated: OUTDATED }
    : { [stored!]: { minutes: STORED[stored as "fresh" | "short"] } };
  for (const [title, age] of Object.entries(ages)) {
    Deno.test(`${name}: ${title} stored, terminal: ${terminal}`, async () => {
      const policy = POLICIES[name!]!;
      const interactive = terminal === "terminal";
      const found: string[] = [];
      for (const aws of ANSWERS) found.push(await outcomeOf({ policy, ...age, interactive, aws }));
      deepEqual(found, expected);
    });
  }
}

/** A login that another run's user has refused a moment ago. */
async function refusedBefore(policy: CredentialPolicy, { interactive }: { readonly interactive: boolean }) {
  const { host } = await identityPlace({ minutes: STORED.short, aws: "login-needed" });
  const path = await ssoSessionPath(host, { startUrl: "https://x/start", region: "us-east-2", endpointUrl: undefined });
  await rememberRefusal(host, { path: path! });
  await host.clock.sleep(1000);
  const ui = recordedUi({ interactive });
  return await credentials(host, { target: DEV, ui }, policy).then(
    (active) => active.credentials.accessKeyId,
    (error) => error.message,
  );
}

Deno.test("a login that was refused before is begun anew only where the user asks for one", async () => {
  const refused = 'Cannot log in at "https://x/start": another run was refused 1 s ago';
  equal(await refusedBefore(LOG_IN, { interactive: true }), "ASIANEW");
  equal(await refusedBefore(HAND_OUT, { interactive: true }), refused);
  equal(await refusedBefore(HAND_OUT, { interactive: false }), "ASIASTORED");
  equal(await refusedBefore(CALL_AWS, { interactive: true }), "ASIASTORED");
  equal(await refusedBefore({ ...CALL_AWS, ask: "if-needed" }, { interactive: true }), "ASIASTORED");
});

Deno.test("new credentials in any case: whatever is stored", async () => {
  const { host } = await identityPlace({ minutes: STORED.fresh, aws: "ok" });
  const policy = { ...LOG_IN, minTtlMs: Infinity };
  const { renewed, credentials: found } = await credentials(host, { target: DEV, ui: recordedUi() }, policy);
  deepEqual([renewed, found.accessKeyId], [true, "ASIANEW"]);
});

Deno.test("the environment's own credentials need no login under any policy", async () => {
  for (const policy of Object.values(POLICIES)) {
    const { host, writes } = await identityPlace({ minutes: undefined, aws: "ok" });
    const active = await credentials(host, { target: { ...DEV, identity: "runner" }, ui: recordedUi() }, policy);
    deepEqual([active.credentials.accessKeyId, active.source.kind, active.renewed], ["AKIAENV", "ambient", false]);
    deepEqual(writes, []);
  }
});

Deno.test("the identity is located once: its file is read again only in the turn that renews for all", async () => {
  const reads = async (policy: CredentialPolicy, aws: Aws) => {
    const { host, reads } = await identityPlace({ minutes: STORED.expired, aws });
    await credentials(host, { target: DEV, ui: recordedUi({ interactive: false }) }, policy).catch(() => {});
    // Writing reads what is there.
    return reads.filter((path) => path === CREDENTIALS).length;
  };
  equal(await reads(STORED_ONLY, "ok"), 1);
  equal(await reads(INSPECT, "ok"), 1);
  equal(await reads(LOG_IN, "login-needed"), 1);
  equal(await reads(HAND_OUT, "unreachable"), 2);
  equal(await reads(CALL_AWS, "unreachable"), 2);
});
