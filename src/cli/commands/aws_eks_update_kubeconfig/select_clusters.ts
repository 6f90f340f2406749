import { checkRoleArn } from "../../../aws/names/arn.ts";
import { checkClusterName } from "../../../aws/names/names.ts";
import { AppError } from "../../../errors.ts";
import { ENTRY_NAME, isNoContext, NAMESPACE, NAMESPACE_IS } from "../../../kube/kubeconfig/entry_edit.ts";
import { TYPED_COMMAND } from "../../output/typed_command.ts";
import type { UpdateKubeconfigInput } from "./command.ts";

export const BY_NAME = "Specify the cluster instead: --name CLUSTER --region REGION";

/** What the command line names. */
type Selection = ClusterSelection | DiscoverSelection | ConfiguredSelection;

/** Whatever clusters identities can see. */
interface DiscoverSelection {
  readonly kind: "discover";
}

/** A cluster by its name. */
interface ClusterSelection {
  readonly kind: "cluster";
  readonly name: string;
}

/** What only atmos.yaml can answer. */
export type ConfiguredSelection =
  | IntegrationSelection
  | {
    readonly kind: "component";
    readonly name: string;
    /** undefined: the only one that has it. */
    readonly stack: string | undefined;
    /** `--name` beside it, where only atmos.yaml can say that the other name is no integration's. */
    readonly clusterName?: string;
  };

export type IntegrationSelection =
  /** Integrations by their names; `typed` are those after `--integration`. */
  | { readonly kind: "integrations"; readonly typed: readonly string[]; readonly bare: readonly string[] }
  | { readonly kind: "all" };

/** What is meant. AppError "usage" when nothing is named or a value can't be one. */
export function selectClusters({ flags, globals, args }: UpdateKubeconfigInput): Selection {
  const [first] = args;
  if (flags["role-arn"] !== undefined) checkRoleArn(flags["role-arn"]);
  checkNames(flags);
  if (flags.discover) return selectAllFound(args);
  refuseWithoutDiscover(flags);
  if (flags.stack !== undefined) return selectComponent(first, { flags, globals, args });
  if (flags.name !== undefined && first !== undefined) {
    if (args.length > 1 || flags.all || flags.integration.length > 0) throw nameExclusive(first, flags.name);
    return { kind: "component", name: first, stack: undefined, clusterName: checkClusterName(flags.name) };
  }
  if (flags.all && first !== undefined) throw exclusive(`"${first}"`, "--all");
  if (flags.name !== undefined) return { kind: "cluster", name: checkClusterName(flags.name) };
  if (flags.all) return { kind: "all" };
  if (flags.integration.length + args.length > 0) return selectIntegrations({ flags, globals, args });
  throw new AppError("usage", "Cannot update a kubeconfig: no cluster was given", {
    hint: "Specify one: --name CLUSTER --region REGION, or an integration of atmos.yaml; or find them: --discover",
  });
}

function selectAllFound([first]: readonly string[]): Selection {
  if (first !== undefined) throw exclusive(`"${first}"`, "--discover");
  return { kind: "discover" };
}

function refuseWithoutDiscover(flags: UpdateKubeconfigInput["flags"]): void {
  const given = (["all-identities", "all-regions", "match"] as const).find((name) => flags[name]);
  if (given === undefined) return;
  throw new AppError("usage", `Cannot use --${given}: it only applies to --discover`, {
    hint: `Add --discover: ${TYPED_COMMAND} --discover`,
  });
}

function selectComponent(name: string | undefined, { flags, args }: UpdateKubeconfigInput): Selection {
  if (name === undefined) {
    throw new AppError("usage", `Cannot use stack "${flags.stack}": no component was given`, {
      hint: `Specify one: ${TYPED_COMMAND} COMPONENT`,
    });
  }
  if (args.length > 1) throw exclusive("several components", "--stack");
  if (flags.name !== undefined) checkClusterName(flags.name);
  return { kind: "component", name, stack: flags.stack };
}

function selectIntegrations({ flags, args }: UpdateKubeconfigInput): Selection {
  const given = flags.profile !== undefined ? "--profile" : flags["assume-role-arn"] && "--assume-role-arn";
  if (given !== undefined) throw exclusive("an integration", given);
  const own = flags.alias !== undefined ? "--alias" : flags["user-alias"] && "--user-alias";
  if (own !== undefined && flags.integration.length + args.length > 1) throw exclusive("several integrations", own);
  return { kind: "integrations", typed: flags.integration, bare: args };
}

/** AppError "usage": an integration has a name for its cluster. */
export function nameExclusive(first: string, name: string): AppError {
  return exclusive(`"${first}"`, `--name "${name}"`);
}

function exclusive(one: string, other: string): AppError {
  return new AppError("usage", `Cannot use both ${one} and ${other}: they exclude each other`, {
    hint: "Use one of them",
  });
}

type Names = Pick<UpdateKubeconfigInput["flags"], "alias" | "user-alias" | "namespace">;

/** AppError "usage" for names that an integration of atmos.yaml could not have, either. */
function checkNames(flags: Names): void {
  for (const flag of ["alias", "user-alias"] as const) {
    const name = flags[flag];
    if (name === undefined || ENTRY_NAME.test(name)) continue;
    throw refusedName({
      flag,
      name,
      found: name === "" ? "it is empty" : "it has a line break or another control character",
    });
  }
  if (flags.alias !== undefined && isNoContext(flags.alias)) {
    throw refusedName({
      flag: "alias",
      name: flags.alias,
      found: "atmos uses this name to say that there is no context",
    });
  }
  const { namespace: name } = flags;
  if (name !== undefined && !NAMESPACE.test(name)) {
    throw refusedName({ flag: "namespace", name, found: `the name of a namespace has ${NAMESPACE_IS}` });
  }
}

/** AppError "usage": a flag gives a name that cannot be one. */
export function refusedName(
  { flag, name, found }: { readonly flag: keyof Names; readonly name: string; readonly found: string },
): AppError {
  return new AppError("usage", `Cannot use --${flag} ${JSON.stringify(name)}: ${found}`, {
    hint: `Specify another one: --${flag} NAME`,
  });
}
