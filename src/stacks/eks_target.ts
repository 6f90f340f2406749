import type { LoadedConfig } from "../config/load_config.ts";
import { type Power, reachingPower } from "../config/schema/powers.ts";
import { choicesOfSetting, choosingPowers } from "../config/schema/choices.ts";
import { isReaching, isRegionVariable, showName } from "../config/values/fetched.ts";
import type { Fetched, FilePosition, LocatedMap, LocatedScalar } from "../config/values/located.ts";
import { fetchedOfParts, makeText } from "../config/values/make_located.ts";
import { valueAt } from "../config/values/look_up.ts";
import type { FunctionHost } from "../config/functions/yaml_functions.ts";
import { AppError } from "../errors.ts";
import { TemplateError } from "../formats/go_template/values/value.ts";
import { metadataPlace, type NameMark } from "./components/component.ts";
import { isCovered } from "./manifests/manifest_choices.ts";
import type { Finished } from "./components/finish_component.ts";
import type { AskAws } from "./settings/call_function.ts";
import { OtherComponents } from "./other_components.ts";
import { plainData } from "./settings/plain_data.ts";
import { renderWatched } from "./settings/reach.ts";
import { type NamedComponent, showNames } from "./stack_index.ts";
import { expandHome, isAbsolute } from "../store/paths.ts";
import { pathIn } from "./settings/stack_settings.ts";
import { nameSetting, type Remedy, remedy } from "../remedy.ts";

/** A value and where it comes from. */
export interface Sourced {
  readonly value: string;
  /** The key or flag that says it. */
  readonly by: string;
  readonly place: FilePosition | undefined;
  /** How the value was fetched from beyond the tree. */
  readonly fetched?: Fetched | undefined;
  /** Of a path: whether `base_path` was put before it. */
  readonly isMadeAbsolute?: boolean;
}

/** What a component of a stack says of its EKS cluster. */
export interface EksTarget {
  readonly clusterName: Sourced;
  /** undefined where the credentials are left to say it. */
  readonly region: Sourced | undefined;
  /** AWS profile of `components.helmfile.helm_aws_profile_pattern`. */
  readonly profile: Sourced | undefined;
  readonly kubeconfig: Sourced | undefined;
  /** `auth` of the stack and the component, to be laid over that of atmos.yaml. */
  readonly auth: LocatedMap | undefined;
  /** What needs trust in what the name of the cluster is made of: it is sent to AWS. */
  readonly powers: readonly Power[];
}

interface EksTargetInput {
  readonly config: Pick<LoadedConfig, "root" | "basePath" | "files">;
  readonly found: NamedComponent;
  /** Flags, which win. */
  readonly said: { readonly name?: string | undefined; readonly region?: string | undefined };
  /** Where nothing else says it: a variable. Without it a component that says no region is an error. */
  readonly otherwise?: { readonly name?: string; readonly region: string | undefined };
  /** Without it, functions that ask AWS are not called. */
  readonly aws?: AskAws;
}

/**
 * The cluster's name (`--name`, `cluster_name`, `cluster_name_template`, `cluster_name_pattern` of
 * `components.helmfile`), its region (`--region`, `vars.region`) and so on. AppError "config-invalid" says which key is
 * missing, or what is wrong with the value. Permissions: read, env.
 */
export async function eksTarget(host: FunctionHost, input: EksTargetInput): Promise<EksTarget> {
  const { found: { component } } = input;
  if (component.isDisabled) throw makeDisabled(input.found);
  const others = new OtherComponents(host, input.found.index, input.aws);
  const at: At = { ...input, others, finished: await others.finish(input.found) };
  const auth = component.part("auth")?.value;
  const named = flag("--name", input.said.name) ?? await clusterName(at);
  const where = flag("--region", input.said.region) ?? region(at);
  return {
    clusterName: named,
    region: where,
    profile: pattern(at, "helm_aws_profile_pattern"),
    kubeconfig: kubeconfig(host, at),
    auth: auth?.kind === "map" ? auth : undefined,
    powers: [
      ...[named, where].flatMap((one) => one === undefined ? [] : reachingPowers(one)),
      ...choices(at),
    ],
  };
}

/** Settings of atmos.yaml that decide which stacks there are, and what they are made of. */
const DECIDING: readonly string[] = [
  "base_path",
  "stacks",
  "settings.list_merge_strategy",
  ...["enabled", "evaluations", "delimiters", "ignore_missing_template_values"].map((name) =>
    `templates.settings.${name}`
  ),
  ...["terraform", "helmfile"].map((kind) => `components.${kind}.base_path`),
];

/** What has decided by something beyond the tree which component it is, and which values it has. */
function choices({ config, found, found: { index }, finished: { section } }: At): readonly Power[] {
  const vars = section.entries.get("vars")?.value;
  const chosen = index.choicesFor(found);
  return [
    ...DECIDING.flatMap((path) => choicesOfSetting(config.root, { names: path.split(".") })),
    ...chosen,
    // A value may be missing only because another one has taken its name.
    ...(vars?.fetched?.isBeyond === true && !isCovered(chosen, vars.fetched) ? choosingPowers(["vars"], vars) : []),
  ];
}

/** Returns what needs trust in a value that is sent to AWS, or says whose credentials are. */
export function reachingPowers({ by, value, place, fetched }: Sourced): readonly Power[] {
  if (fetched === undefined || place === undefined || !isReaching(fetched)) return [];
  return [reachingPower(by, { ...makeText(value, place), fetched })];
}

function makeDisabled(one: NamedComponent): AppError {
  const { component, stack } = showNames(one);
  const found = "it is disabled (metadata.enabled: false)";
  return new AppError("config-invalid", `Cannot use component "${component}" of stack "${stack}": ${found}`, {
    hint: "Set metadata.enabled: true where it is false now",
    place: metadataPlace(one.component, "enabled"),
  });
}

interface At extends EksTargetInput {
  readonly others: OtherComponents;
  readonly finished: Finished;
}

function flag(by: string, value: string | undefined): Sourced | undefined {
  return value === undefined ? undefined : { value, by, place: undefined };
}

async function clusterName(at: At): Promise<Sourced> {
  const found = setting(at, "cluster_name") ?? await byTemplate(at) ?? pattern(at, "cluster_name_pattern");
  if (found !== undefined) return found;
  throw missing(at, {
    what: "the name of its EKS cluster",
    hint: remedy`Set components.helmfile.cluster_name_template in atmos.yaml, or use ${nameSetting("name")}`,
  });
}

async function byTemplate(at: At): Promise<Sourced | undefined> {
  const template = setting(at, "cluster_name_template");
  if (template === undefined) return undefined;
  const data = plainData(at.finished.section);
  const functions = at.others.functionsFor(template.value, [at.found]);
  try {
    const input = { source: template.value, data, strict: true, functions };
    const { text, mark } = await renderWatched(input, template.place!);
    return resolved(at, { ...template, value: text.trim(), ...fetchedOfParts([template.fetched, mark.fetched]) });
  } catch (error) {
    if (error instanceof TemplateError) throw refusedTemplate(template, { error, at });
    throw error;
  }
}

function refusedTemplate(
  { by, value, place }: Sourced,
  { error, at }: { readonly error: TemplateError; readonly at: At },
): AppError {
  const { component, stack } = showNames(at.found);
  const who = `for component "${component}" of stack "${stack}"`;
  return new AppError("config-invalid", `Cannot use ${by} "${value}" ${who}: ${error.message}`, {
    hint: remedy`Specify the name another way: ${nameSetting("name")}`,
    place: place!,
    cause: error,
  });
}

function region(at: At): Sourced | undefined {
  const value = valueAt(at.finished.section, ["vars", "region"]);
  if (value?.kind === "scalar" && value.text !== "") {
    const { text, place, fetched } = value;
    const said = { value: text, by: "vars.region", place };
    return resolved(at, isRegionVariable(fetched) ? said : { ...said, fetched });
  }
  if (at.otherwise !== undefined) return flag(at.otherwise.name ?? "AWS_REGION", at.otherwise.region);
  throw regionMissing(at.found);
}

/** Returns the error for a component whose region nothing says. */
export function regionMissing(found: NamedComponent): AppError {
  const hint = remedy`Set vars.region in ${found.component.stack.path}, or use ${nameSetting("region")}`;
  return missing({ found }, { what: "its region", hint });
}

/** A value that a template or function should have given, and could not, is an error only now that it is needed. */
function resolved(at: At, found: Sourced): Sourced {
  const lost = at.finished.unresolved.find(({ text }) => text !== "" && found.value.includes(text));
  if (lost !== undefined) throw lost.error;
  if (!found.value.includes(NO_VALUE)) return found;
  const { component, stack } = showNames(at.found);
  const shown = showName({ text: found.value, fetched: found.fetched });
  const cause = `a template in it asks for a key that is not there: "${shown}"`;
  throw new AppError(
    "config-invalid",
    `Cannot use ${found.by} for component "${component}" of stack "${stack}": ${cause}`,
    { hint: 'Set the key, or give the template a default: {{ .vars.key | default "value" }}', place: found.place! },
  );
}

/** What templates print for a key that is not there. */
const NO_VALUE = "<no value>";

function setting({ config }: At, name: string): Sourced | undefined {
  const value = valueAt(config.root, ["components", "helmfile", name]);
  if (value?.kind !== "scalar" || value.value === null || value.text === "") return undefined;
  return { value: value.text, by: `components.helmfile.${name}`, place: value.place, fetched: value.fetched };
}

const VARIABLES: readonly string[] = ["namespace", "tenant", "environment", "stage", "region"];

/** `{tenant}-{environment}-{stage}-eks`: what is not there is empty, what is no such word stays. */
function pattern(at: At, name: string): Sourced | undefined {
  const found = setting(at, name);
  if (found === undefined) return undefined;
  const reached = [found.fetched];
  const value = found.value.replace(/\{([\w-]+)\}/g, (whole, word: string) => {
    const parts = tokenParts(at, word);
    for (const part of parts ?? []) reached.push(part.fetched);
    return parts?.map((part) => part.text).join("-") ?? whole;
  });
  return resolved(at, { ...found, value, ...fetchedOfParts(reached) });
}

type TokenPart = Pick<LocatedScalar, "text"> & NameMark;

function tokenParts({ finished: { section }, found }: At, word: string): readonly TokenPart[] | undefined {
  if (word === "component") {
    return [{ text: found.component.name.replaceAll("/", "-"), fetched: found.component.nameFetched }];
  }
  const value = valueAt(section, ["vars", word]);
  if (word === "attributes") {
    return value?.kind === "list" ? value.items.map((item) => item.kind === "scalar" ? item : { text: "" }) : [];
  }
  if (!VARIABLES.includes(word)) return undefined;
  return value?.kind === "scalar" && value.value !== null ? [value] : [];
}

function kubeconfig(host: FunctionHost, at: At): Sourced | undefined {
  const directory = setting(at, "kubeconfig_path");
  if (directory === undefined) return undefined;
  const file = `${at.found.stackName.replaceAll("/", "-")}-kubecfg`;
  const said = `${directory.value}/${file}`;
  const isMadeAbsolute = !isAbsolute(expandHome(host, said) ?? said);
  return { ...directory, value: pathIn(host, { config: at.config, said }), isMadeAbsolute };
}

function missing(
  { found }: Pick<At, "found">,
  { what, hint }: { what: string; hint: Remedy },
): AppError {
  const { component, stack } = showNames(found);
  const message = `Cannot use component "${component}" of stack "${stack}": ${what} is not set`;
  return new AppError("config-invalid", message, { hint, place: found.component.section.place });
}
