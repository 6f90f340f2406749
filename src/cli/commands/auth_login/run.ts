import { formatCommaItem } from "../../../formats/text/comma_list.ts";
import { obtainCredentials } from "../../login/obtain_credentials.ts";
import type { ActiveIdentity } from "../../../auth/login/identity.ts";
import { LOG_IN } from "../../../auth/login/policies.ts";
import { timestamp } from "../../../auth/files/credential_file_text.ts";
import type { Input } from "../../args/command.ts";
import type { AUTH_LOGIN_FLAGS } from "./command.ts";
import { brokenData, outcomeData } from "../../provision/outcome_data.ts";
import { reportGone } from "../../provision/gone_contexts.ts";
import { listProvisioned, provision } from "../../provision/provision.ts";
import { refuseInherited } from "../../../auth/model/inherited_identity.ts";
import { AppError } from "../../../errors.ts";
import { findBrokenLinks } from "../../../integrations/contract/linked.ts";
import type { IntegrationOutcome } from "../../../integrations/run_integrations.ts";
import { type LoadedAuth, loadProjectAuth } from "../../project/load.ts";
import { trustGate } from "../../project/trust_question.ts";
import { requireTrust } from "../../provision/require_trust.ts";
import { warns } from "../../output/report.ts";
import { jsonText } from "../../output/json_text.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { clearInterrupted } from "../../login/interrupted_runs.ts";
import { loginRows } from "../../login/login_summary.ts";
import { samlAssertion } from "../../login/saml_assertion.ts";
import { terminalUi } from "../../login/terminal_ui.ts";
import { checkOneSelection, pickIdentity } from "../../login/select_identity.ts";
import { paintFor } from "../../output/paint.ts";
import { withSpinner } from "../../prompt/spinner.ts";
import { describeAdded, listFirstLogins, logInAndFind, refreshFound } from "./find_identities.ts";
import type { kubectlAdvice } from "./kubectl_advice.ts";
import { refuseFailures, refuseShort, refuseUnsaved, refuseWebflow } from "./login_refusals.ts";
import { logInProvider } from "./log_in_provider.ts";
import { providerInstead } from "./provider_instead.ts";

/** `atmos auth login`: leaves an identity with credentials that last for `--min-ttl` at least. */
export async function runAuthLogin(host: LoginCommandHost, input: Input<typeof AUTH_LOGIN_FLAGS>): Promise<number> {
  const { flags, globals, args } = input;
  const auth = await loadProjectAuth(host, globals, trustGate(host, globals));
  // Also for a login that is not needed, or only with a provider.
  clearInterrupted(host);
  const said = args[0] ?? globals.identity;
  const name = flags.provider ?? await providerInstead(host, { model: auth.model, said, globals });
  if (name === undefined) return await logInIdentity(host, { ...input, ...await withFound(host, { input, auth }) });
  const outcome = await logInProvider(host, { ...input, name, auth });
  if ("status" in outcome) return outcome.status;
  return await logInIdentity(host, { ...input, args: [outcome.identity], auth });
}

/** The configuration, with the identity that is meant where only a login may find it. */
async function withFound(
  host: LoginCommandHost,
  { input: { flags, globals, args }, auth }: {
    readonly input: Input<typeof AUTH_LOGIN_FLAGS>;
    readonly auth: LoadedAuth;
  },
): Promise<{ readonly auth: LoadedAuth; readonly isJustFound: boolean }> {
  if (args.length + flags.tags.length === 0) refuseInherited(auth.model, globals.identity);
  const providers = listFirstLogins(auth.model, args[0] ?? globals.identity);
  if (providers.length === 0) return { auth, isJustFound: false };
  const ui = terminalUi(host, { globals, deviceCode: flags["device-code"] });
  for (const provider of providers) await logInAndFind(withSpinner(host, globals), { model: auth.model, provider, ui });
  return { auth: await loadProjectAuth(host, globals, auth.trust), isJustFound: true };
}

async function logInIdentity(
  host: LoginCommandHost,
  { auth, isJustFound = false, ...input }: Input<typeof AUTH_LOGIN_FLAGS> & {
    readonly auth: LoadedAuth;
    readonly isJustFound?: boolean;
  },
): Promise<number> {
  const { flags, globals, args } = input;
  const { tags } = flags;
  const wider = tags.length === 0 ? undefined : `--tags ${tags.map(formatCommaItem).join(",")}`;
  if (wider !== undefined) {
    checkOneSelection(host, { doing: "log in as", command: "auth login", globals, argument: args[0], wider });
  }
  const ttl = flags.force || flags.webflow ? Infinity : flags["min-ttl"].ms;
  const target = await pickIdentity(host, { globals, argument: args[0], tags, auth });
  const integrated = flags["no-integrations"] ? "none" : "provisioned";
  await requireTrust(target, { hasVariables: false, integrations: integrated });
  const given = await samlAssertion(host, { from: flags["saml-assertion"], target });
  if (flags.webflow) refuseWebflow(target);
  const ui = { ...terminalUi(host, { globals, deviceCode: flags["device-code"] }), ...given };
  const obtained = await obtainCredentials(
    withSpinner(host, globals),
    { target, ui: { ...ui, webflow: flags.webflow } },
    { ...LOG_IN, minTtlMs: ttl },
  );
  const paint = paintFor(host, { stream: "stderr", globals });
  const done = obtained.renewed ? "Logged in as" : "Already logged in as";
  host.terminal.err(`${paint("green", "✓")} ${done} ${obtained.name}\n${loginRows(obtained, host.clock.now())}`);
  if (!obtained.renewed && given.samlResponse !== undefined) host.terminal.err(UNNEEDED_RESPONSE);
  const integrations = flags["no-integrations"] ? [] : listProvisioned(target, obtained);
  const outcomes = await provision(host, {
    target,
    obtained,
    integrations,
    globals,
    ui,
    ask: LOG_IN.ask,
    parallel: flags.parallel,
  });
  const refreshed = isJustFound ? undefined : await refreshFound(host, { model: target.model, obtained, ui });
  const found = describeAdded(host, refreshed);
  if (found !== undefined) host.terminal.err(`${found}\n`);
  const kubectl = await adviseOnKubectl(host, { identity: obtained.name, outcomes });
  if (flags.output !== "json") printAdvice(host, { ...kubectl, globals });
  if (!flags["no-integrations"] && warns(globals)) await reportGone(host, { ...target, globals });
  // What is wrong with them has been said, as of all that is wrong in atmos.yaml.
  const broken = flags["no-integrations"] ? [] : findBrokenLinks(target.model, obtained.chain);
  if (flags.output === "json") {
    const unread = broken.map((one) => brokenData(host, { broken: one, identity: obtained.name }));
    const done = outcomes.map((one, at) => {
      const report = kubectl.reports[at];
      return { ...outcomeData(host, one), ...(report === undefined ? {} : { kubectl: report }) };
    });
    host.terminal.out(jsonText({ ...loginData(obtained), integrations: [...done, ...unread] }));
  }
  refuseUnsaved(obtained);
  refuseShort(host, { obtained, minTtl: flags["min-ttl"] });
  if (flags.strict) refuseFailures([...listFailed(outcomes), ...broken.map(({ name }) => name)]);
  return 0;
}

const UNNEEDED_RESPONSE = "The SAML response was not needed: log in with it anyway with --force\n";

type KubectlAdvice = ReturnType<typeof kubectlAdvice>;

/** Loads what reads kubeconfigs only where one was written. */
async function adviseOnKubectl(
  host: LoginCommandHost,
  input: Parameters<typeof kubectlAdvice>[1],
): Promise<KubectlAdvice> {
  if (input.outcomes.length === 0) return { look: undefined, warnings: [], reports: [] };
  const advice = await import("./kubectl_advice.ts");
  return advice.kubectlAdvice(host, input);
}

function printAdvice(
  host: LoginCommandHost,
  { look, warnings, globals }: KubectlAdvice & Pick<Input<typeof AUTH_LOGIN_FLAGS>, "globals">,
): void {
  const lines = [...(look === undefined ? [] : [look]), ...(warns(globals) ? warnings : [])];
  for (const line of lines) host.terminal.err(`${line}\n`);
}

function listFailed(outcomes: readonly IntegrationOutcome[]): readonly string[] {
  return outcomes.filter(({ result }) => result instanceof AppError).map(({ integration }) => integration.name);
}

/** Keys as `aws` and the Go atmos call them. */
function loginData({ name, chain, realm, region, credentials, source, renewed }: ActiveIdentity) {
  return {
    identity: name,
    provider: chain.provider?.name ?? null,
    realm: realm.value,
    realm_source: realm.source,
    region: region ?? null,
    expiration: credentials.expiration === undefined ? null : timestamp(credentials.expiration),
    renewed,
    credentials_file: source.kind === "files" ? source.place.credentials : null,
    config_file: source.kind === "files" ? source.place.config : null,
  };
}
