import { lookup } from "../../../config/schema/lookup.ts";
import { valueAt } from "../../../config/values/look_up.ts";
import { AppError } from "../../../errors.ts";
import { quotePosix } from "../../../formats/text/shell_posix.ts";
import type { Needs } from "../../../host/host.ts";
import type { SpecOf } from "../../../integrations/contract/runner.ts";
import type { AuthOf } from "../../project/load.ts";
import {
  type BrokenIntegration,
  brokenIntegration,
  unknownIntegration,
  unusableIntegration,
} from "../../provision/unusable_integration.ts";
import { isComponentThere } from "./component_there.ts";
import { BY_NAME, type Target } from "./target.ts";

type Eks = SpecOf<"aws/eks">;

export interface ChoiceInput extends Pick<AuthOf, "config" | "model"> {
  readonly target: Target & { readonly kind: "integrations" | "all" };
}

/** An integration by its name in atmos.yaml. */
export interface Chosen {
  readonly name: string;
  /** An error where it is broken. */
  readonly integration: Eks | AppError;
}

/**
 * The EKS integrations that are meant, each once, with an error for each that is broken: it holds no other back.
 * AppError "usage" for a name that is a component's as well and for a registry's, "config-invalid" for one that is not
 * there.
 */
export async function chosenIntegrations(
  host: Needs<"read" | "env">,
  input: ChoiceInput,
): Promise<readonly Chosen[]> {
  const { target, model, config } = input;
  if (config.files.length === 0) {
    throw noConfig(target.kind === "all" ? "--all" : [...target.typed, ...target.bare][0]!);
  }
  if (target.kind === "all") return allOf(input);
  const typed = target.typed.map((name) => eksNamed(model, name));
  const bare: Chosen[] = [];
  for (const name of target.bare) bare.push(await bareNamed(host, { ...input, name }));
  return [...new Map([...typed, ...bare].map((one) => [one.name, one])).values()];
}

/** As atmos.yaml has them. */
function allOf({ model: { integrations, broken }, config }: ChoiceInput): readonly Chosen[] {
  const found = [...integrations.values()].filter((one): one is Eks => one.kind === "aws/eks");
  const all = [
    ...found.map((integration): Chosen => ({ name: integration.name, integration })),
    ...broken.filter(({ family, kind }) => family === "integrations" && kind === "aws/eks").map(unsound),
  ];
  if (all.length === 0) {
    throw new AppError("config-not-found", "Cannot update a kubeconfig: atmos.yaml has no EKS integration", {
      hint: "See what there is: atmos auth list --integrations",
    });
  }
  const section = valueAt(config.root, ["auth", "integrations"]);
  const order = new Map((section?.kind === "map" ? [...section.entries.keys()] : []).map((name, at) => [name, at]));
  return all.toSorted((one, other) => (order.get(one.name) ?? 0) - (order.get(other.name) ?? 0));
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
  return lookup(model.integrations, name) !== undefined || brokenIntegration(model, name) !== undefined;
}

/** A name alone may be an integration's or a component's. */
async function bareNamed(
  host: Needs<"read" | "env">,
  { config, model, name }: ChoiceInput & { readonly name: string },
): Promise<Chosen> {
  if (!isIntegration(model, name) || !await isComponentThere(host, { config, name })) return eksNamed(model, name);
  throw twoMeanings(model, name);
}

function twoMeanings(model: AuthOf["model"], name: string): AppError {
  const word = quotePosix(name);
  const { kind } = brokenIntegration(model, name) ?? lookup(model.integrations, name)!;
  // Of a registry no kubeconfig can be made.
  const isRegistry = kind?.startsWith("aws/ecr") === true;
  const what = isRegistry ? "a registry" : "an integration";
  return new AppError("usage", `Cannot use "${name}": ${what} and a component have that name`, {
    hint: isRegistry
      ? `For the component name its stack: ${word} -s STACK; for the registry: ${dockerLogin({ name, kind: kind! })}`
      : `Say which: --integration ${word}, or the component of a stack: ${word} -s STACK`,
  });
}

function eksNamed(model: AuthOf["model"], name: string): Chosen {
  const broken = brokenIntegration(model, name);
  if (broken !== undefined) return unsound(broken);
  const found = lookup(model.integrations, name);
  if (found === undefined) throw unknownIntegration(model, { name, kinds: ["aws/eks"] });
  if (found.kind === "aws/eks") return { name: found.name, integration: found };
  const message = `Cannot put integration "${found.name}" into a kubeconfig: it is a registry (${found.kind})`;
  throw new AppError("usage", message, { hint: `Log docker in to it: ${dockerLogin(found)}` });
}

function unsound(broken: BrokenIntegration): Chosen {
  return { name: broken.name, integration: unusableIntegration(broken) };
}

function dockerLogin({ name, kind }: { readonly name: string; readonly kind: string }): string {
  return `atmos aws ecr login ${kind === "aws/ecr-public" ? "--public" : quotePosix(name)}`;
}

function noConfig(wanted: string): AppError {
  const found = "no atmos.yaml was found";
  return new AppError("config-not-found", `Cannot use "${wanted}": ${found}`, { hint: BY_NAME });
}
