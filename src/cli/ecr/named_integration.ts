import { lookup } from "../../config/schema/lookup.ts";
import { AppError } from "../../errors.ts";
import { quotePosix } from "../../formats/text/shell_posix.ts";
import type { Integration } from "../../integrations/contract/model.ts";
import type { AuthOf } from "../project/load.ts";
import { brokenIntegration, unknownIntegration, unusableIntegration } from "../provision/unusable_integration.ts";

export type EcrIntegration = Extract<Integration, { readonly kind: "aws/ecr" | "aws/ecr-public" }>;

type Configured = Pick<AuthOf, "config" | "model">;

/**
 * The registry integration of that name. AppError "usage" for a cluster and for a host, "config-not-found",
 * "config-invalid" when there is none or it is broken.
 */
export function namedIntegration(auth: Configured, name: string): EcrIntegration {
  const { model } = auth;
  const broken = brokenIntegration(model, name);
  if (broken !== undefined) throw unusableIntegration(broken);
  const found = lookup(model.integrations, name);
  if (found === undefined) throw unknown(auth, name);
  if (found.kind !== "aws/eks") return found;
  throw new AppError("usage", `Cannot use integration "${found.name}": it is an EKS cluster, not a registry`, {
    hint: `For kubectl: atmos aws eks update-kubeconfig ${quotePosix(found.name)}`,
  });
}

function unknown({ model, config }: Configured, name: string): AppError {
  if (/\.dkr[.-]ecr|ecr\.aws/.test(name)) {
    return new AppError("usage", `Cannot use integration "${name}": that is the host of a registry`, {
      hint: `A registry goes behind a flag: --registry ${quotePosix(name)}`,
    });
  }
  if (config.files.length > 0) return unknownIntegration(model, { name, kinds: ["aws/ecr", "aws/ecr-public"] });
  return new AppError("config-not-found", `Cannot use integration "${name}": no atmos.yaml was found`, {
    hint: "Name the registry itself: --registry 123456789012.dkr.ecr.us-east-2.amazonaws.com, or --public",
  });
}
