import { isUser } from "../../../auth/kinds/identities/registry.ts";
import type { ActiveIdentity, IdentityTarget } from "../../../auth/login/identity.ts";
import { LONG_MS } from "../../../auth/login/policies.ts";
import { buildChain } from "../../../auth/model/chain.ts";
import { AppError } from "../../../errors.ts";
import type { Needs } from "../../../host/host.ts";
import type { Duration } from "../../args/flag.ts";
import { timeLeft } from "../../login/login_summary.ts";
import { formatCount } from "../../output/text.ts";

/** AppError "credentials-write" for a login that nothing else can use, since it is stored nowhere. */
export function refuseUnsaved({ source }: ActiveIdentity): void {
  if (source.kind !== "memory" || source.unsaved === undefined) return;
  throw new AppError("credentials-write", source.unsaved.message, source.unsaved);
}

/** What a login itself takes of a session that is exactly as long as was asked for. */
const LOGIN_TAKES_MS = 60_000;

/**
 * AppError "login-needed" for new credentials that do not last for `--min-ttl`: no others are to be had. The usual one
 * is no wish, and a few kinds of sessions are no longer than that.
 */
export function refuseShort(
  host: Needs<"clock">,
  { obtained, minTtl }: { readonly obtained: ActiveIdentity; readonly minTtl: Duration },
): void {
  const { name, credentials: { expiration } } = obtained;
  const now = host.clock.now();
  if (minTtl.ms <= LONG_MS || expiration === undefined || expiration - now >= minTtl.ms - LOGIN_TAKES_MS) return;
  const found = `its credentials are valid for ${timeLeft(expiration, now)}, and AWS issues none that last longer`;
  throw new AppError("login-needed", `Cannot log in as "${name}" for ${minTtl.text}: ${found}`, {
    hint: "Use a shorter --min-ttl, or longer sessions in atmos.yaml or IAM Identity Center",
  });
}

/** AppError "integration-failed" when one was not made ready. */
export function refuseFailures(failed: readonly string[]): void {
  if (failed.length === 0) return;
  const names = failed.join(", ");
  throw new AppError("integration-failed", `Cannot provision ${formatCount(failed.length, "integration")}: ${names}`, {
    hint: "Fix what the warnings say and log in again, or remove --strict",
  });
}

/** AppError "usage" for a sign-in with the browser as an identity that has none; those of buildChain. */
export function refuseWebflow({ model, identity }: IdentityTarget): void {
  const [first, ...more] = buildChain(model, identity).identities;
  const isDirect = more.length === 0 && first !== undefined && isUser(first);
  if (isDirect && first.webflow !== false) return;
  const found = isDirect ? "its webflow_enabled is false" : "it is not of kind aws/user";
  throw new AppError("usage", `Cannot log in as "${identity}" with --webflow: ${found}`, {
    hint: "Remove --webflow",
  });
}
