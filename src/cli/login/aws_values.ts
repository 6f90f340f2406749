import { callSettings, findEndpoint } from "../../auth/flow/call_settings.ts";
import { credentials } from "../../auth/login/credentials.ts";
import type { CredentialPolicy } from "../../auth/login/policies.ts";
import type { AwsAccess } from "../../aws/client/client_config.ts";
import { openSession } from "../../aws/credentials/session.ts";
import { chooseProfile } from "../../aws/shared_config/profile.ts";
import { withProfileFiles } from "../../aws/shared_config/profile_files.ts";
import { readSharedFiles } from "../../aws/shared_config/shared_files.ts";
import { configuredRegion } from "../../aws/shared_config/settings.ts";
import { type CallerIdentity, getCallerIdentity } from "../../aws/sts/sts.ts";
import type { AskAws } from "../../stacks/settings/call_function.ts";
import type { Globals } from "../args/global_flags.ts";
import { chooseCredentials } from "./choose_credentials.ts";
import { listClaims } from "./credential_claims.ts";
import type { LoginCommandHost } from "./login_command_host.ts";
import { mfaPrompt } from "./mfa_prompt.ts";
import { nameCredentials } from "./name_credentials.ts";
import { reportChoice } from "./report_choice.ts";
import { findRequestedIdentity } from "./select_identity.ts";
import { terminalUi } from "./terminal_ui.ts";
import type { LoadedConfig } from "../../config/load_config.ts";
import type { TrustGate } from "../../config/trust/trust_gate.ts";
import { type NamedComponent, showNames } from "../../stacks/stack_index.ts";
import { componentAuth } from "../project/component_auth.ts";
import type { LoadedAuth } from "../project/load.ts";
import { readChosenIdentity } from "../project/selected_identity.ts";
import { trustGate } from "../project/trust_question.ts";

export interface AwsValuesInput {
  readonly globals: Globals;
  readonly config: LoadedConfig;
  /** The component; its `auth` may name the default identity. */
  readonly found: NamedComponent;
  /** Without it the user is asked, as by a command that uses the configuration. */
  readonly trust?: TrustGate;
  readonly policy: CredentialPolicy;
  /** `--profile`, of a command that has that flag. */
  readonly profile?: string | undefined;
}

/** Whose credentials they are, where something is asked with them. */
interface RequestedAccess {
  readonly access: Omit<AwsAccess, "region">;
  readonly region: string | undefined;
  /** An error with the credentials that were used. */
  readonly name: (error: unknown) => unknown;
}

/** STS answers in any. */
const ANY_REGION = "us-east-1";

/**
 * Returns what gives the values of `!aws.account_id` and the like. Credentials are found when the first one is asked for,
 * as for every command that calls AWS, and AWS is asked once. AppErrors of credentials, openSession and
 * getCallerIdentity; RangeError for a region that nothing says.
 */
export function awsValues(host: LoginCommandHost, input: AwsValuesInput): AskAws {
  let asked: Promise<RequestedAccess> | undefined;
  let caller: Promise<CallerIdentity> | undefined;
  const access = () => asked ??= obtainAccess(host, input);
  return async (value) => {
    if (value === "region") {
      const { region } = await access();
      if (region === undefined) throw new RangeError("no region is configured: set AWS_REGION");
      return region;
    }
    caller ??= askCaller(host, await access());
    const { account, arn, userId } = await caller;
    return { account_id: account, caller_identity_arn: arn, caller_identity_user_id: userId }[value];
  };
}

async function askCaller(host: LoginCommandHost, { access, region, name }: RequestedAccess): Promise<CallerIdentity> {
  try {
    return await getCallerIdentity(host, { ...access, region: region ?? ANY_REGION });
  } catch (error) {
    throw name(error);
  }
}

async function obtainAccess(host: LoginCommandHost, input: AwsValuesInput): Promise<RequestedAccess> {
  const { globals, profile, policy } = input;
  const load = () => authOfComponent(host, input);
  const claims = listClaims(host, { globals, profile });
  const choice = await chooseCredentials(host, { claims, isConfigured: () => Promise.resolve(true), load });
  const { taken: claim, auth } = choice;
  const name = (error: unknown) => nameCredentials(error, { claim, model: auth?.model, among: choice.among });
  await reportChoice(host, { choice, globals });
  try {
    if (claim.kind === "aws") return { ...await makeSession(host, { globals, profile }), name };
    const target = await findRequestedIdentity(host, { globals, auth: auth ?? await load(), claim });
    const obtained = await credentials(host, { target, ui: terminalUi(host, { globals }) }, policy);
    const settings = callSettings(host, { endpointUrl: findEndpoint(obtained.chain) });
    const region = obtained.region ?? configuredRegion(host, { profile: undefined });
    return { access: { settings, credentials: obtained.credentials }, region, name };
  } catch (error) {
    throw name(error);
  }
}

/** The configuration, with what the component says of logins. */
async function authOfComponent(
  host: LoginCommandHost,
  { config, found, trust, globals }: AwsValuesInput,
): Promise<LoadedAuth> {
  const { component: name, stack } = showNames(found);
  const section = found.component.part("auth")?.value;
  return await componentAuth(host, {
    config,
    section: section?.kind === "map" ? section : undefined,
    trust: trust ?? trustGate(host, globals, { name, stack }),
    choices: found.index.choicesFor(found),
    chosen: await readChosenIdentity(host, { config, globals }),
  });
}

async function makeSession(
  host: LoginCommandHost,
  { globals, profile }: Pick<AwsValuesInput, "globals" | "profile">,
): Promise<Pick<RequestedAccess, "access" | "region">> {
  const flag = profile === undefined ? {} : { flag: profile };
  const own = withProfileFiles(host, profile);
  const region = configuredRegion(own, { profile: chooseProfile(own, { files: readSharedFiles(own), ...flag }) });
  const named = profile === undefined ? {} : { profile };
  const askMfaCode = mfaPrompt(host, globals);
  const { settings, credentials } = await openSession(host, { ...named, region: region ?? ANY_REGION, askMfaCode });
  return { access: { settings, credentials }, region };
}
