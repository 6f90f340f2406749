import { callSettings, findEndpoint } from "../../auth/flow/call_settings.ts";
import type { ActiveIdentity } from "../../auth/login/identity.ts";
import { failureName } from "../../aws/client/sdk_error.ts";
import { type CallerIdentity, getCallerIdentity } from "../../aws/sts/sts.ts";
import { configuredRegion } from "../../aws/shared_config/settings.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";

/** AWS's codes for credentials that it takes no longer, however long they were to last. */
const REFUSED: ReadonlySet<string> = new Set([
  ...["ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "UnrecognizedClientException"],
  ...["InvalidAccessKeyId", "AuthFailure", "AccessDenied", "AccessDeniedException"],
]);

/**
 * Whose credentials these are, in AWS's own words. AppError "login-needed" when AWS refuses what a login has kept; else
 * as getCallerIdentity. Permissions: net, read, env.
 */
export async function proveIdentity(
  host: Needs<"net" | "read" | "env" | "clock">,
  obtained: ActiveIdentity,
): Promise<CallerIdentity> {
  const { chain, credentials, source } = obtained;
  const endpointUrl = findEndpoint(chain);
  const settings = callSettings(host, { endpointUrl });
  const region = obtained.region ?? configuredRegion(host, { profile: undefined }) ?? "us-east-1";
  try {
    return await getCallerIdentity(host, { region, settings, credentials });
  } catch (error) {
    throw source.kind === "ambient" ? error : refusal(obtained, error);
  }
}

function refusal({ name, chain }: ActiveIdentity, error: unknown): unknown {
  const reason = error instanceof AppError ? failureName(error.cause) : "";
  if (!REFUSED.has(reason)) return error;
  const account = chain.identities.at(-1)!.accountId;
  const whose = account === undefined ? `identity "${name}"` : `identity "${name}" of account ${account}`;
  return new AppError("login-needed", `Cannot use ${whose}: AWS refuses its credentials (${reason})`, {
    hint: ["They may have been revoked. Get new ones: ", { kind: "login", identity: name, force: true }],
    cause: error,
  });
}
