import { lookup } from "../../auth/lookup.ts";
import { formatProblem } from "../../auth/problem_order.ts";
import { AppError } from "../../errors.ts";
import { closest } from "../../formats/closest.ts";
import { quotePosix } from "../../formats/shell_posix.ts";
import type { Needs } from "../../host/host.ts";
import type { SpecOf } from "../../integrations/runners/runner.ts";
import type { AuthOf } from "../config_of.ts";
import { isComponentThere } from "./component_there.ts";
import { BY_NAME, type Target } from "./target.ts";

type Eks = SpecOf<"aws/eks">;

export interface ChoiceInput extends Pick<AuthOf, "config" | "model"> {
  readonly target: Target & { readonly kind: "integrations" | "all" };
}

/**
 * The EKS integrations that are meant, each once, with an error for each that is broken: it holds no other back.
 * AppError "usage" for a name that is a component's as well and for a registry's, "config-invalid" for one that is not
 * there.
 */
export async function chosenIntegrations(
  host: Needs<"read" | "env">,
  input: ChoiceInput,
): Promise<readonly (Eks | AppError)[]> {
  const { target, model, config } = input;
  if (config.files.length === 0) {
    throw noConfig(target.kind === "all" ? "--all" : [...target.typed, ...target.bare][0]!);
  }
  if (target.kind === "all") return allOf(model);
  const typed = target.typed.map((name) => eksNamed(model, name));
  const bare: (Eks | AppError)[] = [];
  for (const name of target.bare) bare.push(await bareNamed(host, { ...input, name }));
  return [...new Set([...typed, ...bare])];
}

function allOf({ integrations, broken }: AuthOf["model"]): readonly (Eks | AppError)[] {
  const found = [...integrations.values()].filter((one): one is Eks => one.kind === "aws/eks");
  const unsound = broken.filter(({ family, kind }) => family === "integrations" && kind === "aws/eks").map(unusable);
  if (found.length + unsound.length > 0) return [...found, ...unsound];
  throw new AppError("config-not-found", "Cannot update a kubeconfig: atmos.yaml has no EKS integration", {
    hint: "See what there is: atmos auth list --integrations",
  });
}

/** Whether the only name that is given is a component's, and no integration's. Permissions: read, env. */
export async function isOneComponent(
  host: Needs<"read" | "env">,
  { target, model, config }: ChoiceInput,
): Promise<boolean> {
  if (target.kind !== "integrations" || target.typed.length > 0 || target.bare.length !== 1) return false;
  const [name] = target.bare;
  return !isIntegration(model, name!) && await isComponentThere(host, { config, name: name! });
}

function isIntegration(model: AuthOf["model"], name: string): boolean {
  return lookup(model.integrations, name) !== undefined || brokenOf(model, name) !== undefined;
}

/** A name alone may be an integration's or a component's. */
async function bareNamed(
  host: Needs<"read" | "env">,
  { config, model, name }: ChoiceInput & { readonly name: string },
): Promise<Eks | AppError> {
  if (!isIntegration(model, name) || !await isComponentThere(host, { config, name })) return eksNamed(model, name);
  const word = quotePosix(name);
  throw new AppError("usage", `Cannot use "${name}": an integration and a component have that name`, {
    hint: `Say which: --integration ${word}, or the component of a stack: ${word} -s STACK`,
  });
}

function eksNamed(model: AuthOf["model"], name: string): Eks | AppError {
  const broken = brokenOf(model, name);
  if (broken !== undefined) return unusable(broken);
  const found = lookup(model.integrations, name);
  if (found === undefined) throw notFound(model, name);
  if (found.kind === "aws/eks") return found;
  const command = `atmos aws ecr login ${found.kind === "aws/ecr-public" ? "--public" : quotePosix(found.name)}`;
  throw new AppError(
    "usage",
    `Cannot put integration "${found.name}" into a kubeconfig: it is a registry (${found.kind})`,
    {
      hint: `Log docker in to it: ${command}`,
    },
  );
}

function noConfig(wanted: string): AppError {
  const found = "no atmos.yaml was found";
  return new AppError("config-not-found", `Cannot use "${wanted}": ${found}`, { hint: BY_NAME });
}

type Broken = AuthOf["model"]["broken"][number];

function brokenOf({ broken, integrations }: AuthOf["model"], name: string): Broken | undefined {
  if (integrations.has(name)) return undefined;
  return broken.find((one) => one.family === "integrations" && one.name.toLowerCase() === name.toLowerCase());
}

function unusable({ name, problems: [problem] }: Broken): AppError {
  return new AppError("config-invalid", `Cannot use integration "${name}": ${formatProblem(problem!)}`, {
    hint: "See every problem of the configuration: atmos auth validate",
    place: problem!.place,
  });
}

function notFound({ integrations }: AuthOf["model"], name: string): AppError {
  const near = closest(name, [...integrations.keys()]).map((one) => `"${one}"`).join(" or ");
  const guess = near === "" ? "" : `, did you mean ${near}?`;
  return new AppError("config-invalid", `Cannot use integration "${name}": there is none of that name${guess}`, {
    hint: "See what there is: atmos auth list --integrations",
  });
}
