import { watchClock } from "../../aws/errors/clock_skew.ts";
import { AppError } from "../../errors.ts";
import type { FileProblem } from "../files/file_problem.ts";
import type { Named } from "../../config/schema/entry.ts";
import type { Trust } from "../../config/trust/trust_gate.ts";
import type { AwsIamIdentityCenter } from "../kinds/providers/aws_iam_identity_center/schema.ts";
import { readSsoSession } from "../files/sso_session_file.ts";
import { callSettings } from "../flow/call_settings.ts";
import { addContext } from "../flow/remedy_context.ts";
import type { LoginHost, LoginUi } from "../flow/login_host.ts";
import { ssoLogin } from "../sso/sso_login.ts";
import { withLogFacts } from "../../log/scoped_log.ts";
import { warnOfClock } from "../flow/clock_skew_warning.ts";

interface ProviderSession {
  /** Milliseconds since the epoch; undefined when nothing says it. */
  readonly expiration: number | undefined;
}

interface ProviderLoginInput {
  /** Of the one kind whose login leaves something of its own: a session. */
  readonly provider: AwsIamIdentityCenter & Named;
  /** Asked before the provider is used. */
  readonly trust: Trust;
  readonly ui: LoginUi;
}

/**
 * Logs in with a provider, as no identity yet, and returns its session. AppError "credentials-write" when it cannot be
 * stored, "untrusted", else those of the login.
 */
export async function providerLogin(
  host: LoginHost,
  { provider, trust, ui: given }: ProviderLoginInput,
): Promise<ProviderSession> {
  await trust.require(provider.powers);
  const problems: FileProblem[] = [];
  const warn = (problem: FileProblem) => {
    problems.push(problem);
    given.warn(problem);
  };
  const ui = { ...given, explicit: true, warn };
  const watched = watchClock(withLogFacts(host, { provider: provider.name, region: provider.region }));
  const { startUrl, region, endpointUrl } = provider;
  const settings = callSettings(host, provider);
  await ssoLogin(watched.host, { startUrl, region, endpointUrl, settings, ui, refused: undefined }).catch((error) => {
    throw addContext(error, { login: { provider: provider.name }, otherCredentials: "none" });
  });
  const { session } = await readSsoSession(host, provider);
  warnOfClock(given, watched.gap());
  const unsaved = session === undefined ? problems.at(-1) : undefined;
  if (unsaved !== undefined) throw new AppError("credentials-write", unsaved.message, unsaved);
  return { expiration: session?.expiresAt };
}
