import { lookup } from "../../auth/lookup.ts";
import { formatProblem } from "../../auth/problem_order.ts";
import { AppError } from "../../errors.ts";
import { closest } from "../../formats/closest.ts";
import { quotePosix } from "../../formats/shell_posix.ts";
import type { ConfigModel, Integration } from "../../integrations/model.ts";

export type EcrIntegration = Extract<Integration, { readonly kind: "aws/ecr" | "aws/ecr-public" }>;

/** The registry integration of that name. AppError "usage" when there is none or it is a cluster, "config-invalid". */
export function namedIntegration(model: ConfigModel, name: string): EcrIntegration {
  const broken = model.broken.find((one) =>
    one.family === "integrations" && one.name.toLowerCase() === name.toLowerCase()
  );
  if (broken !== undefined) {
    throw new AppError("config-invalid", `Cannot use integration "${name}": ${formatProblem(broken.problems[0]!)}`, {
      hint: "See every problem of the configuration: atmos auth validate",
      place: broken.problems[0]!.place,
    });
  }
  const found = lookup(model.integrations, name);
  if (found === undefined) throw unknown(model, name);
  if (found.kind !== "aws/eks") return found;
  throw new AppError("usage", `Cannot use integration "${found.name}": it is an EKS cluster, not a registry`, {
    hint: `For kubectl: atmos aws eks update-kubeconfig ${quotePosix(found.name)}`,
  });
}

function unknown({ integrations }: ConfigModel, name: string): AppError {
  const names = [...integrations.values()].filter(({ kind }) => kind !== "aws/eks").map((one) => one.name);
  const near = closest(name, names).map((one) => `"${one}"`).join(" or ");
  const found = `there is no integration of that name${near === "" ? "" : `, did you mean ${near}?`}`;
  const isHost = /\.dkr[.-]ecr|ecr\.aws/.test(name);
  return new AppError("usage", `Cannot use integration "${name}": ${found}`, {
    hint: isHost
      ? `A registry goes behind a flag: --registry ${quotePosix(name)}`
      : "See what there is: atmos auth list",
  });
}
