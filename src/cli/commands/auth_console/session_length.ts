import type { Chain } from "../../../auth/model/chain.ts";
import { isAssumeRole } from "../../../auth/kinds/identities/registry.ts";
import { AppError } from "../../../errors.ts";
import type { Duration } from "../../args/flag.ts";

const LEAST_MS = 15 * 60_000;
const MOST_MS = 12 * 3_600_000;

/** @throws {AppError} usage for a length that AWS gives no session of the console */
export function checkLength(duration: Duration | undefined): void {
  if (duration === undefined || (duration.ms >= LEAST_MS && duration.ms <= MOST_MS)) return;
  throw new AppError("usage", `Cannot use --duration ${duration.text}: it must be 15m to 12h`, {
    hint: "Console sessions last 15 minutes to 12 hours",
  });
}

interface SessionLength {
  /** Seconds; undefined: as long as the credentials are valid. */
  readonly seconds: number | undefined;
  /** Why it is not as long as was asked. */
  readonly warning: string | undefined;
}

/**
 * Returns how long the console's session is to last: as the flag says, else the provider's settings. A role that a role
 * has assumed gets no length of its own, since AWS refuses one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_enable-console-custom-url.html
 */
export function chooseLength({ identities, provider }: Chain, duration: Duration | undefined): SessionLength {
  const ms = duration?.ms ?? provider?.consoleSessionMs;
  const [identity, before] = [identities.at(-1)!, identities.at(-2)];
  if (ms === undefined) return { seconds: undefined, warning: undefined };
  const isChained = isAssumeRole(identity) && before !== undefined && before.isRoleSession;
  if (!isChained) return { seconds: Math.floor(ms / 1000), warning: undefined };
  const asked = duration === undefined ? "console.session_duration" : "--duration";
  return {
    seconds: undefined,
    warning: `${asked} has no effect: "${before.name}" is a role already, so the session ends with the credentials`,
  };
}
