import { credentialPowers } from "../../../auth/model/used_powers.ts";
import { timestamp } from "../../../auth/files/credential_file_text.ts";
import { readSsoSession } from "../../../auth/files/sso_session_file.ts";
import { isSso } from "../../../auth/kinds/providers/registry.ts";
import { type LocatedIdentity, locateIdentity } from "../../../auth/login/identity.ts";
import { configuredIdentities } from "../../../auth/model/configured_identities.ts";
import type { Identity } from "../../../auth/model/model.ts";
import { foundDirectory } from "../../../config/load_config.ts";
import { AppError } from "../../../errors.ts";
import { parseArn } from "../../../aws/names/arn.ts";
import type { Needs } from "../../../host/host.ts";
import type { Duration } from "../../args/flag.ts";
import { timeLeft } from "../../login/login_summary.ts";
import { fittedTableLines } from "../../output/table.ts";
import type { AuthOf } from "../../project/load.ts";
import { statusData, statusOf } from "./login_status.ts";

type StatusHost = Needs<"read" | "env" | "sys" | "clock">;

/** How an identity's login stands. */
export interface ListedStatus {
  readonly name: string;
  /** Why nothing can be said; undefined for a usable identity. */
  readonly error: AppError | undefined;
  readonly located: LocatedIdentity | undefined;
  readonly isTrusted: boolean;
  /** Milliseconds since the epoch, when the session at IAM Identity Center ends; undefined where there is none. */
  readonly sessionEnd: number | undefined;
}

/** Returns how the login of every identity stands, sorted by name. Asks neither AWS nor the user. */
export async function listStatuses(host: StatusHost, auth: AuthOf): Promise<readonly ListedStatus[]> {
  const directory = foundDirectory(auth.config);
  return await Promise.all(
    configuredIdentities(auth.model).map(async ({ name }) => {
      try {
        const located = await locateIdentity(host, { model: auth.model, directory, identity: name });
        const untrusted = await auth.trust.untrusted(credentialPowers(auth.model, located.chain));
        const isTrusted = untrusted.length === 0;
        return { name, error: undefined, located, isTrusted, sessionEnd: await findSessionEnd(host, located) };
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        return { name, error, located: undefined, isTrusted: true, sessionEnd: undefined };
      }
    }),
  );
}

async function findSessionEnd(host: StatusHost, { chain }: LocatedIdentity): Promise<number | undefined> {
  if (chain.provider === undefined || !isSso(chain.provider)) return undefined;
  const { session } = await readSsoSession(host, chain.provider);
  return session?.expiresAt;
}

interface ShownInput {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly minTtl: Duration;
}

/** Whether the identity can be used without a login: true, false, or undefined where only AWS knows. */
export function isValidStatus({ located }: ListedStatus, shown: ShownInput): boolean | undefined {
  return located === undefined ? false : statusOf({ located, ...shown }).valid;
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
    const { located, error, name, sessionEnd, isTrusted } = one;
    if (located === undefined) return [name, "", "", `cannot be used: ${error!.code}`, "", ""];
    const identity = located.chain.identities.at(-1)!;
    const { text } = statusOf({ located, ...shown });
    const end = located.stored?.expiration;
    return [
      name,
      identity.accountId ?? "",
      roleOf(identity),
      isTrusted ? text : `${text}, not trusted`,
      end === undefined ? "" : localTime(end),
      sessionEnd === undefined ? "" : timeLeft(sessionEnd, shown.now),
    ];
  });
  const fit = { columns: width, dispensable: ["SSO SESSION", "UNTIL", "ACCOUNT"] };
  return fittedTableLines(["IDENTITY", "ACCOUNT", "ROLE", "STATE", "UNTIL", "SSO SESSION"], rows, fit);
}

/** Returns the statuses as data, with the keys that one identity's has. */
export function statusesData(statuses: readonly ListedStatus[], shown: ShownInput) {
  return statuses.map(({ name, error, located, isTrusted, sessionEnd }) => {
    if (located === undefined) return { identity: name, valid: false, error: error!.code };
    const identity = located.chain.identities.at(-1)!;
    return {
      ...statusData({ located, isTrusted, ...shown }),
      account: identity.accountId ?? null,
      role: roleOf(identity) || null,
      sso_session_expiration: sessionEnd === undefined ? null : timestamp(sessionEnd),
    };
  });
}

/** The permission set, or the name of the role. */
function roleOf(identity: Identity): string {
  if ("permissionSet" in identity) return identity.permissionSet;
  if ("roleArn" in identity) return parseArn(identity.roleArn ?? "")?.resource.replace(/^role\/(?:.*\/)?/, "") ?? "";
  return "";
}

/** In the user's own time zone, to the minute. */
function localTime(ms: number): string {
  const at = new Date(ms);
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}
