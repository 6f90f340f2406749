import { formatCommaItem } from "../../../formats/text/comma_list.ts";
import { argumentWords, flagText, quoteWord } from "../../../formats/text/command_words.ts";
import { type CommandPart, joinLines, nameCommand, type Remedy, remedy, SET_UP } from "../../../remedy.ts";
import { lookup } from "../../../config/schema/lookup.ts";
import { hintWithSkipped } from "../../../config/values/skipped_import.ts";
import { valueAt } from "../../../config/values/look_up.ts";
import { AppError } from "../../../errors.ts";
import type { FunctionHost } from "../../../config/functions/yaml_functions.ts";
import { EKS_KIND, type EksIntegration, isEks } from "../../../integrations/eks/eks_integration.ts";
import { componentsAt, isPath } from "../../../stacks/component_path.ts";
import { stackSettings } from "../../../stacks/settings/stack_settings.ts";
import { componentNames } from "../../project/component_names.ts";
import type { LoadedAuth } from "../../project/load.ts";
import {
  type BrokenIntegration,
  brokenIntegration,
  unknownIntegration,
  unusableIntegration,
} from "../../provision/unusable_integration.ts";
import { BY_NAME, type IntegrationSelection } from "./select_clusters.ts";

interface ChoiceInput extends Pick<LoadedAuth, "config" | "model"> {
  readonly selection: IntegrationSelection;
}

/** An integration by its name in atmos.yaml. */
interface ChosenIntegrations {
  readonly name: string;
  /** An error where it is broken. */
  readonly integration: EksIntegration | AppError;
}

/**
 * The EKS integrations that are meant, each once, with an error for each that is broken: it holds no other back.
 * AppError "usage" for a name that is a component's as well and for a registry's, "config-invalid" for one that is not
 * there.
 */
export async function chooseIntegrations(
  host: FunctionHost,
  input: ChoiceInput,
): Promise<readonly ChosenIntegrations[]> {
  const { selection, model, config } = input;
  if (config.files.length === 0) {
    throw noConfig(selection.kind === "all" ? "--all" : [...selection.typed, ...selection.bare][0]!);
  }
  if (selection.kind === "all") return listAll(input);
  const typed = selection.typed.map((name) => findEks(model, name));
  const bare: ChosenIntegrations[] = [];
  for (const name of selection.bare) bare.push(await findBare(host, { ...input, name }));
  return [...new Map([...typed, ...bare].map((one) => [one.name, one])).values()];
}

const ADD_CLUSTERS: Remedy = ["Add your clusters to it: ", { kind: "set-up" }];

/** As atmos.yaml has them. */
function listAll(
  { model: { integrations, broken, skippedImports }, config }: ChoiceInput,
): readonly ChosenIntegrations[] {
  const found = [...integrations.values()].filter(isEks);
  const all = [
    ...found.map((integration): ChosenIntegrations => ({ name: integration.name, integration })),
    ...broken.filter(({ family, kind }) => family === "integrations" && kind === EKS_KIND).map(asUnusable),
  ];
  if (all.length === 0) {
    throw new AppError("config-not-found", "Cannot update a kubeconfig: atmos.yaml has no EKS integration", {
      hint: hintWithSkipped(skippedImports, ADD_CLUSTERS),
    });
  }
  const section = valueAt(config.root, ["auth", "integrations"]);
  const order = new Map((section?.kind === "map" ? [...section.entries.keys()] : []).map((name, at) => [name, at]));
  return all.toSorted((one, other) => (order.get(one.name) ?? 0) - (order.get(other.name) ?? 0));
}

/** The only name that is given, where it is a component's and no integration's. Permissions: read, env. */
export async function findLoneComponent(
  host: FunctionHost,
  { selection, model, config }: ChoiceInput,
): Promise<string | undefined> {
  if (selection.kind !== "integrations" || selection.typed.length > 0) return undefined;
  const [name, ...others] = selection.bare;
  if (name === undefined || others.length > 0 || isIntegration(model, name)) return undefined;
  return await doesComponentExist(host, { config, name }) ? name : undefined;
}

/** Whether an integration has that name, usable or not. */
export function isIntegration(model: LoadedAuth["model"], name: string): boolean {
  return lookup(model.integrations, name) !== undefined || brokenIntegration(model, name) !== undefined;
}

/** A name alone may be an integration's or a component's. */
async function findBare(
  host: FunctionHost,
  { config, model, name }: ChoiceInput & { readonly name: string },
): Promise<ChosenIntegrations> {
  if (!isIntegration(model, name) || !await isComponentToo(host, { config, name })) return findEks(model, name);
  throw twoMeanings(model, name);
}

function twoMeanings(model: LoadedAuth["model"], name: string): AppError {
  const { kind } = brokenIntegration(model, name) ?? lookup(model.integrations, name)!;
  const component = argumentWords(name, ["-s", "STACK"]).map(quoteWord).join(" ");
  // Of a registry no kubeconfig can be made.
  const isRegistry = kind?.startsWith("aws/ecr") === true;
  const what = isRegistry ? "a registry" : "an integration";
  return new AppError("usage", `Cannot use "${name}": ${what} and a component have that name`, {
    hint: isRegistry
      ? remedy`For the component, specify its stack: ${component}; for the registry: ${
        dockerLogin({ name, kind: kind! })
      }`
      : `Specify which: ${flagText("--integration", formatCommaItem(name))}, or the component of a stack: ${component}`,
  });
}

function findEks(model: LoadedAuth["model"], name: string): ChosenIntegrations {
  const broken = brokenIntegration(model, name);
  if (broken !== undefined) return asUnusable(broken);
  const found = lookup(model.integrations, name);
  if (found === undefined) throw unknownIntegration(model, { name, kinds: [EKS_KIND] });
  if (isEks(found)) return { name: found.name, integration: found };
  const message = `Cannot put integration "${found.name}" into a kubeconfig: it is a registry (${found.kind})`;
  throw new AppError("usage", message, { hint: remedy`Log Docker in to it: ${dockerLogin(found)}` });
}

function asUnusable(broken: BrokenIntegration): ChosenIntegrations {
  return { name: broken.name, integration: unusableIntegration(broken) };
}

function dockerLogin({ name, kind }: { readonly name: string; readonly kind: string }): CommandPart {
  const words = kind === "aws/ecr-public" ? ["--public"] : argumentWords(name);
  return nameCommand("aws", "ecr", "login", ...words);
}

function noConfig(wanted: string): AppError {
  const found = "no atmos.yaml was found";
  return new AppError("config-not-found", `Cannot use "${wanted}": ${found}`, { hint: joinLines([SET_UP, BY_NAME]) });
}

/** What a component's name is made of, slashes included. */
const COMPONENT = /^[\w./-]+$/;

/** What is wrong with stacks is no matter to an integration. */
async function isComponentToo(
  ...[host, input]: Parameters<typeof doesComponentExist>
): ReturnType<typeof doesComponentExist> {
  try {
    return await doesComponentExist(host, input);
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

/** Whether a name is that of a component: of a directory of them, or of one in a stack's manifest. Permissions: read, env. */
async function doesComponentExist(
  host: FunctionHost,
  { config, name }: Pick<LoadedAuth, "config"> & { readonly name: string },
): Promise<boolean> {
  if (isPath(name)) return true;
  if (!COMPONENT.test(name)) return false;
  const settings = stackSettings(host, config);
  const isCode = [...settings.codeDirectories.keys()].some((kind) => settings.hasCode({ kind, name }));
  if (isCode || componentsAt(host, { path: name, settings }).length > 0) return true;
  return (await componentNames(host, config)).includes(name);
}
