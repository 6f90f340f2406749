import { credentialPowers } from "../../../auth/model/used_powers.ts";
import { timestamp } from "../../../auth/files/credential_file_text.ts";
import type { AuthModel } from "../../../auth/model/model.ts";
import { findDirectoryNamed } from "../../../config/load_config.ts";
import type { Duration } from "../../args/flag.ts";
import { describeAccount, type IdentityState, identityStates, type StateHost } from "../../login/identity_states.ts";
import { judgeStatus, statusData } from "../../login/login_status.ts";
import { timeLeft } from "../../login/login_summary.ts";
import { fittedTableLines } from "../../output/table.ts";
import type { LoadedAuth } from "../../project/load.ts";

/** How an identity's login stands. */
export interface ListedStatus extends IdentityState {
  readonly isTrusted: boolean;
  /** Whether commands take it where none is named. */
  readonly isCurrent: boolean;
}

/** Returns how the login of every identity stands, sorted by name. Asks neither AWS nor the user. */
export async function listStatuses(
  host: StateHost,
  { auth, current }: { readonly auth: LoadedAuth; readonly current: string | undefined },
): Promise<readonly ListedStatus[]> {
  const { model, trust, config } = auth;
  const states = await identityStates(host, { model, directory: findDirectoryNamed(config) });
  return await Promise.all(states.map(async (one) => {
    const isCurrent = one.name === current;
    return {
      ...one,
      isCurrent,
      isTrusted: one.located === undefined || await mayBeUsed(one.located, { model, trust }),
    };
  }));
}

async function mayBeUsed(
  { chain }: NonNullable<IdentityState["located"]>,
  { model, trust }: { readonly model: AuthModel; readonly trust: LoadedAuth["trust"] },
): Promise<boolean> {
  return (await trust.untrusted(credentialPowers(model, chain))).length === 0;
}

interface ShownInput {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly minTtl: Duration;
}

/** Whether the identity can be used without a login: true, false, or undefined where only AWS knows. */
export function isValidStatus({ located }: ListedStatus, shown: ShownInput): boolean | undefined {
  return located === undefined ? false : judgeStatus({ located, ...shown }).valid;
}

/** Returns the table, a line each. */
export function renderStatuses(
  statuses: readonly ListedStatus[],
  { width, ...shown }: ShownInput & {
    /** Of the terminal, as tableWidth gives it. */
    readonly width: number | undefined;
  },
): readonly string[] {
  const rows = statuses.map((one) => {
    const { located, name, sessionEnd, isTrusted, isCurrent, role = "" } = one;
    const title = isCurrent ? `${name} *` : name;
    if (located === undefined) return [title, "", "", "unusable", "", ""];
    const { text, valid } = judgeStatus({ located, ...shown });
    const state = valid === undefined ? "environment" : text;
    const end = located.stored?.expiration;
    return [
      title,
      describeAccount(one) ?? "",
      role,
      isTrusted ? state : `${state}, not trusted`,
      end === undefined ? "" : localTime(end, shown.now),
      sessionEnd === undefined ? "" : timeLeft(sessionEnd, shown.now),
    ];
  });
  const dispensable = ["UNTIL", "ROLE", "SSO SESSION", "ACCOUNT"];
  const fit = { columns: width, dispensable, showsUntrusted: true } as const;
  return fittedTableLines(["IDENTITY", "ACCOUNT", "ROLE", "STATE", "UNTIL", "SSO SESSION"], rows, fit);
}

/** Returns the statuses as data, with the keys that one identity's has. */
export function statusesData(statuses: readonly ListedStatus[], shown: ShownInput) {
  return statuses.map((one) => {
    const { name, error, located, isTrusted, isCurrent, isFound, sessionEnd } = one;
    const marks = { ...(isCurrent ? { current: true } : {}), ...(isFound ? { found: true } : {}) };
    if (located === undefined) return { identity: name, valid: false, ...marks, error: error!.code };
    return {
      ...statusData({ located, isTrusted, ...shown }),
      ...marks,
      account: one.account ?? null,
      account_name: one.accountName ?? null,
      role: one.role ?? null,
      sso_session_expiration: sessionEnd === undefined ? null : timestamp(sessionEnd),
    };
  });
}

/** In the user's own time zone, to the minute; without the day where that is today, and without a year that is plain. */
function localTime(ms: number, now: number): string {
  const at = new Date(ms);
  const two = (value: number) => String(value).padStart(2, "0");
  const time = `${two(at.getHours())}:${two(at.getMinutes())}`;
  if (at.toDateString() === new Date(now).toDateString()) return time;
  const day = `${two(at.getMonth() + 1)}-${two(at.getDate())} ${time}`;
  return Math.abs(ms - now) < HALF_YEAR_MS ? day : `${at.getFullYear()}-${day}`;
}

const HALF_YEAR_MS = 182 * 24 * 3_600_000;
