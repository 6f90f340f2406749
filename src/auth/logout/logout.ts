import { forgetSessions } from "../../aws/role_cache/role_session_cache.ts";
import { logout } from "../../aws/sso/sso.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { StoreHost } from "../../store/replace.ts";
import { removeStoredCredentials } from "../files/credential_file_write.ts";
import { timestamp } from "../files/credential_file_text.ts";
import { removeEmptyPlace } from "../files/own_places.ts";
import { removeFoundIdentities } from "../files/found_identities_file.ts";
import type { FileProblem } from "../files/file_problem.ts";
import { callSettings } from "../flow/call_settings.ts";
import { removeWebflow } from "../webflow/webflow_file.ts";
import type { LogoutPlan } from "./logout_plan.ts";
import type { StoredSession } from "./logout_sessions.ts";
import { readSsoSession, removeSsoSessionAt, type SsoSession } from "../files/sso_session_file.ts";

/** No one waits long to be told that a session cannot be ended from here. */
const TIMEOUT_MS = 5_000;
const ATTEMPTS = 2;

type LogoutHost = StoreHost & Needs<"env" | "net">;

interface Removed {
  /** What is still on the disk, and why. */
  readonly left: readonly FileProblem[];
  /** Sessions that AWS is to be told about. */
  readonly open: readonly Open[];
}

interface Open {
  readonly kept: StoredSession;
  readonly session: SsoSession;
}

/** Removes what the plan has. Nothing is thrown for what stays. Permissions: env, read, write, sys (uid). */
export async function removeLogins(
  host: StoreHost & Needs<"env">,
  { profiles, sessions, webflows, found }: Pick<LogoutPlan, "profiles" | "sessions" | "webflows" | "found">,
): Promise<Removed> {
  const open: Open[] = [];
  for (const kept of sessions) {
    const { session } = await readSsoSession(host, kept);
    if (session !== undefined && session.expiresAt > host.clock.now()) open.push({ kept, session });
  }
  const left: FileProblem[] = [];
  for (const place of profiles) {
    left.push(...await removeStoredCredentials(host, place));
    removeEmptyPlace(host, place);
  }
  forgetSessions(host);
  for (const kept of sessions) left.push(...[removeSsoSessionAt(host, kept.path) ?? []].flat());
  for (const path of found) left.push(...[removeFoundIdentities(host, path) ?? []].flat());
  for (const path of webflows) left.push(...[removeWebflow(host, path) ?? []].flat());
  return { left, open };
}

/** Ends sessions at AWS; returns those that it could not be told about. Permissions: env, net. */
export async function endSessions(host: LogoutHost, open: readonly Open[]): Promise<readonly FileProblem[]> {
  const ended = await Promise.all(open.map((one) => endSession(host, one)));
  return ended.filter((problem) => problem !== undefined);
}

async function endSession(host: LogoutHost, { kept, session }: Open): Promise<FileProblem | undefined> {
  const net = {
    fetch: (request: Parameters<typeof host.net.fetch>[0]) => host.net.fetch({ ...request, timeoutMs: TIMEOUT_MS }),
  };
  try {
    const settings = { ...callSettings(host, kept), maxAttempts: ATTEMPTS };
    await logout({ net, clock: host.clock }, { region: kept.region, settings, accessToken: session.accessToken });
    return undefined;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const end = timestamp(session.expiresAt);
    return {
      message: error.message,
      hint: `The session is removed from this machine; at AWS it expires at ${end}`,
    };
  }
}
