import { watchClock } from "../../aws/clock_gap.ts";
import { AppError } from "../../errors.ts";
import { quotePosix } from "../../formats/shell_posix.ts";
import type { Provider } from "../model.ts";
import { readSsoSession } from "../sso_session_file.ts";
import { hintedWith } from "./hinted_for.ts";
import type { LoginHost } from "./login_host.ts";
import { warnOfClock } from "./warn_of_clock.ts";
import { type OriginInput, originOf } from "./origin_of.ts";

export interface ProviderSession {
  /** Milliseconds since the epoch; undefined when nothing says it. */
  readonly expiration: number | undefined;
}

/**
 * Logs in with a provider and becomes nobody yet. AppErrors of the login; "usage" where a login is made for one
 * identity at a time and leaves nothing of its own.
 */
export async function providerLogin(host: LoginHost, { provider, talk }: OriginInput): Promise<ProviderSession> {
  const watched = watchClock(host);
  const origin = originOf(watched.host, { provider, talk });
  if (origin.kind !== "sso") throw leavesNothing(provider);
  try {
    await origin.login();
  } catch (error) {
    throw hintedWith(error, `atmos auth login --provider ${quotePosix(provider.name)}`);
  }
  warnOfClock(talk, watched.gap());
  return { expiration: await expirationOf(host, provider) };
}

async function expirationOf(host: LoginHost, provider: Provider): Promise<number | undefined> {
  if (provider.kind !== "aws/iam-identity-center") return undefined;
  return (await readSsoSession(host, provider)).session?.expiresAt;
}

function leavesNothing({ name, kind }: Provider): AppError {
  const found = `a login of kind ${kind} keeps nothing of its own, it is made for an identity`;
  return new AppError("usage", `Cannot log in with provider "${name}" alone: ${found}`, {
    hint: "Log in as an identity that is reached through it: atmos auth login IDENTITY",
  });
}
