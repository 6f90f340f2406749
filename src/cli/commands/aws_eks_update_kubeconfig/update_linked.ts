import { type Chain, chainOf } from "../../../auth/model/chain.ts";
import { credentials } from "../../../auth/login/credentials.ts";
import { INSPECT, LOG_IN } from "../../../auth/login/policies.ts";
import type { Problem } from "../../../config/values/located.ts";
import { foundDirectory } from "../../../config/load_config.ts";
import { AppError } from "../../../errors.ts";
import { type AuthOf, authOf, warnOf } from "../../project/load.ts";
import type { SpecOf } from "../../../integrations/contract/runner.ts";
import { type CredentialsOf, credentialsOf } from "../../provision/credentials_of.ts";
import { withFittingHint } from "../../provision/fitting_hint.ts";
import { chosenIdentity } from "../../login/chosen_identity.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { terminalUi } from "../../login/terminal_ui.ts";
import { checkAlias } from "./check_alias.ts";
import { chosenIntegrations, isOneComponent } from "./chosen_integrations.ts";
import { clusterAsIntegration } from "./cluster_as_integration.ts";
import type { UpdateKubeconfigInput } from "./input.ts";
import { linkedIdentity } from "../../provision/linked_identity.ts";
import { type LinkedRow, onward } from "./linked_row.ts";
import { type Linked, lookAtLinked } from "./look_at_linked.ts";
import type { DataInput } from "./outcome.ts";
import { overridden, overrideOf } from "./overridden.ts";
import { showLinked } from "./show_linked.ts";
import type { Target } from "./target.ts";
import { tellLinked, type ToldRow } from "./tell_linked.ts";
import { writeLinked } from "./write_linked.ts";

type Eks = SpecOf<"aws/eks">;

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
  const auth = given ?? await authOf(host, globals);
  if (target.kind === "integrations" && await isOneComponent(host, { ...auth, target })) {
    const { updateComponent } = await import("./update_component.ts");
    return await updateComponent(host, { input, name: target.bare[0]!, stack: undefined });
  }
  const asked = await linkedOf(host, { input, target, auth });
  warnOf(host, { problems: auth.problems.filter((problem) => !isTold(problem, asked)), globals });
  const several = asked.length > 1;
  const look = { ...auth, several, input, credentialsOf: sourceFor(host, { input, auth }) };
  const found = await onward(asked, (linked) => lookAtLinked(host, { ...look, linked }));
  const done = await onward(found, (found) => isLook ? showLinked(host, { flags, found }) : writeLinked(host, found));
  const rows = done.map((row, at) => toldRow(row, { from: asked[at]!, several, model: auth.model }));
  return tellLinked(host, { input, rows, areIntegrations: target.kind !== "as-identity" });
}

/** Whether a failure is about this very thing. */
function isTold({ place: { file, line, column } }: Problem, rows: readonly LinkedRow<Linked>[]): boolean {
  return rows.some(({ result }) => {
    const place = result instanceof AppError ? result.place : undefined;
    return place?.file === file && place.line === line && place.column === column;
  });
}

interface Origin {
  readonly from: LinkedRow<Linked>;
  readonly several: boolean;
  readonly model: AuthOf["model"];
}

function toldRow({ name, result }: LinkedRow<DataInput>, { from, several, model }: Origin): ToldRow {
  if (from.result instanceof AppError) return { name, identity: undefined, result: from.result };
  const { integration, chain } = from.result;
  const identity = chain.identities.at(-1)!.name;
  const flags = several ? "shared" : "all";
  return {
    name,
    identity,
    result: result instanceof AppError ? withFittingHint(result, { model, integration, identity, flags }) : result,
  };
}

interface Asked {
  readonly input: UpdateKubeconfigInput;
  readonly auth: AuthOf;
}

/** A dry run stores nothing, and asks AWS alone. */
function sourceFor(
  host: LoginCommandHost,
  { input: { flags, globals }, auth: { config, model } }: Asked,
): CredentialsOf {
  const directory = foundDirectory(config);
  const ui = terminalUi(host, { globals });
  const policy = flags["dry-run"] || flags.diff ? INSPECT : LOG_IN;
  const obtain = (identity: string) => credentials(host, { target: { model, directory, identity }, ui }, policy);
  return credentialsOf({ obtain, obtained: [] });
}

/** With an error for each that is broken, or that nothing says the identity of. */
async function linkedOf(
  host: LoginCommandHost,
  { input, auth, target }: Asked & Pick<LinkedInput, "target">,
): Promise<readonly LinkedRow<Linked>[]> {
  const { model, config } = auth;
  const { flags, globals } = input;
  checkAlias(flags.alias);
  const made = (integration: Eks, chain: Chain): Linked => ({
    chain,
    integration: overridden(host, { integration, flags }),
    override: overrideOf(host, { integration, flags }),
  });
  if (target.kind === "as-identity") {
    const chain = chainOf(model, await chosenIdentity(host, { model, globals }));
    const { name } = target;
    const integration = clusterAsIntegration({ name, chain, region: flags.region });
    // It is no integration, though it may be called as one is.
    return [{ name, result: { ...made(integration, chain), override: { former: "apart", namespace: true } } }];
  }
  const said = globals.identity === "" ? await chosenIdentity(host, { model, globals }) : globals.identity;
  const chosen = await chosenIntegrations(host, { target, model, config });
  return chosen.map(({ name, integration }) => {
    if (integration instanceof AppError) return { name, result: integration };
    const chain = chainOrError(() => linkedIdentity(host, { model, integration, said }));
    return { name, result: chain instanceof AppError ? chain : made(integration, chain) };
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
