import { checkRoleArn } from "../../aws/arn.ts";
import { checkClusterName } from "../../aws/names.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { UpdateKubeconfigInput } from "./input.ts";

const BY_NAME = "Name the cluster instead: --name CLUSTER --region REGION";

/**
 * The name of the cluster that is meant. AppError "usage" when none is named or a value can't be one, "config-not-found"
 * for what only an atmos.yaml could tell: this version reads none.
 */
export function targetName(host: Needs<"env">, { flags, globals, args }: UpdateKubeconfigInput): string {
  const [component] = args;
  if (flags.name !== undefined && component !== undefined) {
    throw new AppError(
      "usage",
      `Cannot use both component "${component}" and --name "${flags.name}": they exclude each other`,
      {
        hint: "Give one of them.",
      },
    );
  }
  refuseIdentity(host, globals.identity);
  if (flags.integration !== undefined) throw needsConfig("integration", flags.integration);
  if (component !== undefined) throw needsConfig("component", component);
  if (flags.stack !== undefined) throw needsConfig("stack", flags.stack);
  if (flags.name === undefined) {
    throw new AppError("usage", "Cannot update a kubeconfig: no cluster is named", {
      hint: "Name one: --name CLUSTER --region REGION",
    });
  }
  if (flags["role-arn"] !== undefined) checkRoleArn(flags["role-arn"]);
  return checkClusterName(flags.name);
}

/** Inside `atmos auth shell` the AWS settings are the identity's own, so there it is right to go on. */
function refuseIdentity(host: Needs<"env">, identity: string | undefined): void {
  if (identity === undefined || host.env.get("AWS_PROFILE") === identity) return;
  const which = identity === "" ? "Cannot choose an identity" : `Cannot use identity "${identity}"`;
  throw new AppError("config-not-found", `${which}: this version reads no atmos.yaml`, {
    hint: "Leave out --identity (and unset ATMOS_IDENTITY) to use the AWS credentials of the environment or --profile.",
  });
}

function needsConfig(kind: string, name: string): AppError {
  return new AppError("config-not-found", `Cannot use ${kind} "${name}": this version reads no atmos.yaml`, {
    hint: BY_NAME,
  });
}
