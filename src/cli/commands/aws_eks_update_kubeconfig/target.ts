import { checkRoleArn } from "../../../aws/names/arn.ts";
import { checkClusterName } from "../../../aws/names/names.ts";
import { AppError } from "../../../errors.ts";
import type { Needs } from "../../../host/host.ts";
import { checkNames } from "./check_names.ts";
import type { UpdateKubeconfigInput } from "./input.ts";

export const BY_NAME = "Name the cluster instead: --name CLUSTER --region REGION";

/** What a kubeconfig is to get. */
export type Target =
  /** A cluster by its name, with the AWS credentials of the environment or a profile. */
  | { readonly kind: "cluster"; readonly name: string }
  /** A cluster by its name, as an identity of atmos.yaml. */
  | { readonly kind: "as-identity"; readonly name: string }
  /** Integrations by their names; `typed` are those after `--integration`. */
  | { readonly kind: "integrations"; readonly typed: readonly string[]; readonly bare: readonly string[] }
  | { readonly kind: "all" }
  /** A component of a stack; undefined: the only one that has it. */
  | { readonly kind: "component"; readonly name: string; readonly stack: string | undefined };

/** What is meant. AppError "usage" when nothing is named or a value can't be one. */
export function targetOf(host: Needs<"env">, { flags, globals, args }: UpdateKubeconfigInput): Target {
  const [first] = args;
  if (flags["role-arn"] !== undefined) checkRoleArn(flags["role-arn"]);
  checkNames(flags);
  if (flags.stack !== undefined) return componentOf(first, { flags, globals, args });
  if (flags.name !== undefined && first !== undefined) throw both(`"${first}"`, `--name "${flags.name}"`);
  if (flags.all && first !== undefined) throw both(`"${first}"`, "--all");
  if (flags.name !== undefined) {
    const kind = isOther(host, globals.identity) ? "as-identity" : "cluster";
    return { kind, name: checkClusterName(flags.name) };
  }
  if (flags.all) return { kind: "all" };
  if (flags.integration.length + args.length > 0) return named({ flags, globals, args });
  throw new AppError("usage", "Cannot update a kubeconfig: no cluster is named", {
    hint: "Name one: --name CLUSTER --region REGION, or an integration of atmos.yaml",
  });
}

function componentOf(name: string | undefined, { flags, args }: UpdateKubeconfigInput): Target {
  if (name === undefined) {
    throw new AppError("usage", `Cannot use stack "${flags.stack}": no component of it is named`, {
      hint: `Type: atmos aws eks update-kubeconfig COMPONENT -s ${flags.stack}`,
    });
  }
  if (args.length > 1) throw both("several components", "--stack");
  if (flags.name !== undefined) checkClusterName(flags.name);
  return { kind: "component", name, stack: flags.stack };
}

function named({ flags, args }: UpdateKubeconfigInput): Target {
  const given = flags.profile !== undefined ? "--profile" : flags["assume-role-arn"] && "--assume-role-arn";
  if (given !== undefined) throw both("an integration", given);
  const own = flags.alias !== undefined ? "--alias" : flags["user-alias"] && "--user-alias";
  if (own !== undefined && flags.integration.length + args.length > 1) throw both("several integrations", own);
  return { kind: "integrations", typed: flags.integration, bare: args };
}

function both(one: string, other: string): AppError {
  return new AppError("usage", `Cannot use both ${one} and ${other}: they exclude each other`, {
    hint: "Give one of them.",
  });
}

/** Inside `atmos auth shell` the AWS settings are the identity's own. */
function isOther(host: Needs<"env">, identity: string | undefined): boolean {
  return identity !== undefined && host.env.get("AWS_PROFILE")?.toLowerCase() !== identity.toLowerCase();
}
