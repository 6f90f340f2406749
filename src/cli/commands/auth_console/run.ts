import { LIST_IDENTITIES, remedy } from "../../../remedy.ts";
import { nameRefused } from "../../../auth/flow/remedy_context.ts";
import { isUser } from "../../../auth/kinds/identities/registry.ts";
import { buildChain, findIdentityRegion } from "../../../auth/model/chain.ts";
import { callSettings, findEndpoint } from "../../../auth/flow/call_settings.ts";
import { isShellOfAnother, loginClaim } from "../../login/credential_claims.ts";
import { nameCredentials } from "../../login/name_credentials.ts";
import { obtainCredentials } from "../../login/obtain_credentials.ts";
import type { ActiveIdentity } from "../../../auth/login/identity.ts";
import { HAND_OUT } from "../../../auth/login/policies.ts";
import { type Destination, parseDestination, renderDestination } from "../../../aws/console/destination.ts";
import { getSigninToken, renderSigninLink } from "../../../aws/console/signin_token.ts";
import { checkRegion } from "../../../aws/names/names.ts";
import { configuredRegion } from "../../../aws/shared_config/settings.ts";
import type { Needs } from "../../../host/host.ts";
import { findLinked } from "../../../integrations/contract/linked.ts";
import type { ConfigModel } from "../../../integrations/contract/model.ts";
import { isEks } from "../../../integrations/eks/eks_integration.ts";
import { AppError } from "../../../errors.ts";
import type { Input } from "../../args/command.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { timeLeft } from "../../login/login_summary.ts";
import { pickIdentity } from "../../login/select_identity.ts";
import { terminalUi } from "../../login/terminal_ui.ts";
import { warns } from "../../output/report.ts";
import { printable } from "../../output/text.ts";
import { loadProjectAuth } from "../../project/load.ts";
import { trustGate } from "../../project/trust_question.ts";
import { withSpinner } from "../../prompt/spinner.ts";
import { clusterRegions } from "../../fleet/cluster_region.ts";
import { requireTrust } from "../../provision/require_trust.ts";
import type { AUTH_CONSOLE_FLAGS } from "./command.ts";
import { openConsole } from "./open_console.ts";
import { checkLength, chooseLength } from "./session_length.ts";

type ConsoleInput = Input<typeof AUTH_CONSOLE_FLAGS>;

/** `atmos auth console`: opens the AWS console as an identity, logging in first where there is need to. */
export async function runAuthConsole(given: LoginCommandHost, input: ConsoleInput): Promise<number> {
  const { flags, globals, args } = input;
  const host = withSpinner(given, globals);
  const destination = parseDestination(flags.destination ?? "home");
  checkLength(flags.duration);
  if (flags.region !== undefined) checkRegion(flags.region);
  const auth = await loadProjectAuth(host, globals, trustGate(host, globals));
  const target = await pickIdentity(host, { globals, argument: args[0], auth });
  await requireTrust(target, { hasVariables: false, integrations: "none" });
  const identity = buildChain(target.model, target.identity).identities.at(-1)!;
  if (isUser(identity)) throw needsRole(identity.name);
  const ui = terminalUi(host, { globals, deviceCode: flags["device-code"] });
  const obtained = await obtainCredentials(host, { target, ui }, HAND_OUT);
  const length = chooseLength(obtained.chain, flags.duration);
  if (length.warning !== undefined && warns(globals)) host.terminal.err(`Warning: ${printable(length.warning)}\n`);
  const url = await makeLink(host, { obtained, model: target.model, input, destination, seconds: length.seconds });
  if (flags["print-url"]) return printUrl(host, url);
  const isIsolated = flags.isolated || target.model.isolatedConsole;
  const owner = isIsolated ? `${obtained.realm.value}\n${obtained.name}` : undefined;
  host.terminal.err(`${printable(describe(obtained, { input, now: host.clock.now(), seconds: length.seconds }))}\n`);
  if (!flags["no-open"] && await openConsole(host, { link: url, owner })) return 0;
  host.terminal.err("Anyone who opens this link within 15 minutes is signed in:\n");
  return printUrl(host, url);
}

function printUrl(host: LoginCommandHost, url: string): number {
  host.terminal.out(`${url}\n`);
  return 0;
}

async function makeLink(
  host: LoginCommandHost,
  { obtained, model, input: { flags }, destination, seconds }: {
    readonly obtained: ActiveIdentity;
    readonly model: ConfigModel;
    readonly input: ConsoleInput;
    readonly destination: Destination;
    readonly seconds: number | undefined;
  },
): Promise<string> {
  if (obtained.credentials.sessionToken === undefined) throw needsRole(obtained.name);
  const settings = callSettings(host, { endpointUrl: findEndpoint(obtained.chain) });
  const region = checkRegion(flags.region ?? await consoleRegion(host, { obtained, model }));
  const request = { region, settings, credentials: obtained.credentials, durationSeconds: seconds };
  const token = await getSigninToken(host, request).catch((error) => {
    throw nameCredentials(nameRefused(error, obtained.name), { claim: loginClaim(obtained.name), model });
  });
  return renderSigninLink({
    ...{ region, settings, token, issuer: flags.issuer },
    destination: renderDestination(destination, region),
  });
}

/** A provider's region says where users log in, which may be far from what they look at: it comes last. */
async function consoleRegion(
  host: Needs<"env">,
  { obtained, model }: { readonly obtained: ActiveIdentity; readonly model: ConfigModel },
): Promise<string> {
  const { chain } = obtained;
  const around = isShellOfAnother(host, obtained.name) ? undefined : configuredRegion(host, { profile: undefined });
  const configured = findIdentityRegion(chain) ?? around;
  if (configured !== undefined) return configured;
  const [region] = await clusterRegions(model, findLinked(model, chain).filter(isEks).slice(0, 1));
  return region ?? chain.provider?.region ?? "us-east-1";
}

/** AWS signs in roles: neither keys of a user nor the session that a user's keys get. */
function needsRole(name: string): AppError {
  return new AppError(
    "config-invalid",
    `Cannot open the AWS console as "${name}": it is an IAM user, and the console can only be opened as a role`,
    {
      hint: remedy`Use an identity of kind aws/assume-role or aws/permission-set: ${LIST_IDENTITIES}`,
    },
  );
}

interface DescribeInput {
  readonly input: ConsoleInput;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly seconds: number | undefined;
}

function describe(obtained: ActiveIdentity, { input, now, seconds }: DescribeInput): string {
  const { name, credentials: { expiration } } = obtained;
  const left = timeLeft(seconds === undefined ? expiration : now + seconds * 1000, now);
  const shown = input.flags.destination === undefined ? "" : ` at ${input.flags.destination}`;
  return `AWS console as ${name}${shown}, for ${left}`;
}
