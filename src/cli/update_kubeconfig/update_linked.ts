import { type Chain, chainOf } from "../../auth/chain.ts";
import { obtainCredentials } from "../../auth/login/obtain.ts";
import { AppError } from "../../errors.ts";
import { withoutRunning } from "../auth_logout/without_running.ts";
import { type AuthOf, authOf, warnOf } from "../config_of.ts";
import { type CredentialsOf, credentialsOf } from "../integrations/credentials_of.ts";
import { chosenIdentity } from "../login/chosen_identity.ts";
import { credentialsFor } from "../login/credentials_for.ts";
import type { LoginCommandHost } from "../login/login_command_host.ts";
import { terminalTalk } from "../login/terminal_talk.ts";
import { printable } from "../printable.ts";
import { checkAlias } from "./check_alias.ts";
import { chosenIntegrations, isOneComponent } from "./chosen_integrations.ts";
import { clusterAsIntegration } from "./cluster_as_integration.ts";
import type { UpdateKubeconfigInput } from "./input.ts";
import { linkedIdentity } from "./linked_identity.ts";
import { type Linked, lookAtLinked } from "./look_at_linked.ts";
import { overridden } from "./overridden.ts";
import { showLinked } from "./show_linked.ts";
import type { Target } from "./target.ts";
import { writeLinked } from "./write_linked.ts";

const ENOUGH_MS = 15 * 60_000;

export interface LinkedInput {
  readonly input: UpdateKubeconfigInput;
  readonly target: Exclude<Target, { readonly kind: "cluster" | "component" }>;
  /** Of a component; that of atmos.yaml when absent. */
  readonly auth?: AuthOf;
}

/** `aws eks update-kubeconfig` for integrations of atmos.yaml, or for a cluster as one of its identities. */
export async function updateLinked(
  host: LoginCommandHost,
  { input, target, auth: given }: LinkedInput,
): Promise<number> {
  const { flags, globals } = input;
  const isLook = flags["dry-run"] || flags.diff;
  const auth = given ?? await authOf(isLook ? withoutRunning(host).host : host, globals);
  if (target.kind === "integrations" && await isOneComponent(host, { ...auth, target })) {
    const { updateComponent } = await import("./update_component.ts");
    return await updateComponent(host, { input, name: target.bare[0]!, stack: undefined });
  }
  const asked = await linkedOf(host, { input, target, auth });
  warnOf(host, { problems: auth.problems, globals });
  const [nobodys, linked] = apart(asked);
  const several = asked.length > 1;
  const credentialsOf = credentials(host, { input, auth });
  const [unseen, found] = apart(await lookAtLinked(host, { ...auth, linked, several, input, credentialsOf }));
  const failures = isLook
    ? await showLinked(host, { input, found, several })
    : await writeLinked(host, { input, found, several });
  return finished(host, [...nobodys, ...unseen, ...failures]);
}

function apart<T>(all: readonly (T | AppError)[]): readonly [readonly AppError[], readonly T[]] {
  return [
    all.flatMap((one) => one instanceof AppError ? [one] : []),
    all.flatMap((one) => one instanceof AppError ? [] : [one]),
  ];
}

interface Asked {
  readonly input: UpdateKubeconfigInput;
  readonly auth: AuthOf;
}

/** A look can keep nothing, so it uses what a login has kept. */
function credentials(
  host: LoginCommandHost,
  { input: { flags, globals }, auth: { config, model } }: Asked,
): CredentialsOf {
  const directory = config.files.length === 0 ? undefined : config.directory;
  const talk = terminalTalk(host, { globals, explicit: true });
  const obtain = (identity: string) => {
    const target = { model, directory, identity };
    if (flags["dry-run"] || flags.diff) return credentialsFor(host, { target, globals, login: false });
    return obtainCredentials(host, { target, talk, minTtlMs: ENOUGH_MS });
  };
  return credentialsOf({ obtain, obtained: [] });
}

/** With an error for each that nothing says the identity of. */
async function linkedOf(
  host: LoginCommandHost,
  { input, auth, target }: Asked & Pick<LinkedInput, "target">,
): Promise<readonly (Linked | AppError)[]> {
  const { model, config } = auth;
  const { flags, globals } = input;
  checkAlias(flags.alias);
  if (target.kind === "as-identity") {
    const chain = chainOf(model, await chosenIdentity(host, { model, globals }));
    const integration = clusterAsIntegration({ name: target.name, chain, region: flags.region });
    return [{ chain, integration: overridden(host, { integration, flags }) }];
  }
  const said = globals.identity === "" ? await chosenIdentity(host, { model, globals }) : globals.identity;
  const chosen = await chosenIntegrations(host, { target, model, config });
  return chosen.map(({ integration }) => {
    if (integration instanceof AppError) return integration;
    const chain = chainOrError(() => linkedIdentity(host, { model, integration, said }));
    return chain instanceof AppError ? chain : { chain, integration: overridden(host, { integration, flags }) };
  });
}

function chainOrError(find: () => Chain): Chain | AppError {
  try {
    return find();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

/** Every failure is said; the exit status is that of the first. */
function finished(host: LoginCommandHost, failures: readonly AppError[]): number {
  const [first, ...more] = failures;
  for (const { message, hint } of more) {
    host.terminal.err(`Error: ${printable(message)}\n${hint === undefined ? "" : `Hint: ${printable(hint)}\n`}`);
  }
  if (first !== undefined) throw first;
  return 0;
}
