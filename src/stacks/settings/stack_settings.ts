import type { LoadedConfig } from "../../config/load_config.ts";
import { textAt, valueAt } from "../../config/values/look_up.ts";
import type { Fetched, FilePlace, Located, LocatedMap, LocatedScalar } from "../../config/values/located.ts";
import { isEmpty } from "../../config/schema/data.ts";
import { didYouMean, listed, shown, sortOf } from "../../config/schema/wording.ts";
import { AppError } from "../../errors.ts";
import type { FunctionTable } from "../../formats/go_template/functions/arguments.ts";
import type { Needs } from "../../host/host.ts";
import { isBeyondTree } from "../../config/files/tree.ts";
import { isTrustedPlace, type PlaceHost } from "../../config/trust/trusted_places.ts";
import { expandHome, join, resolve } from "../../store/paths.ts";
import { environmentFunctions } from "./call_function.ts";

const LIST_STRATEGIES = ["replace", "append", "merge"] as const;
/** What a list does to the list that it is laid over. */
export type ListStrategy = typeof LIST_STRATEGIES[number];

/** What atmos.yaml says of stacks. */
export interface StackSettings {
  /** Absolute: `stacks.base_path`. */
  readonly directory: string;
  readonly included: readonly string[];
  readonly excluded: readonly string[];
  readonly namePattern: string | undefined;
  readonly nameTemplate: string | undefined;
  /** Where that stands. */
  readonly namePlace: FilePlace | undefined;
  /** How it was fetched. */
  readonly nameFetched: Fetched | undefined;
  readonly lists: ListStrategy;
  /** Whether `metadata` comes from base components too: `stacks.inherit.metadata`. */
  readonly inheritsMetadata: boolean;
  /** `env` of atmos.yaml, which components are started with too. */
  readonly env: LocatedMap | undefined;
  /** What runs components, by their kind, where that is said for all of them. */
  readonly commands: ReadonlyMap<string, LocatedScalar>;
  /** Whether terraform has more than one workspace. */
  readonly hasWorkspaces: boolean;
  /** The functions of templates that have effects. */
  readonly functions: FunctionTable;
  readonly templates: TemplateSettings;
  /** Whether a manifest lies beyond the working tree whose atmos.yaml leads to it. */
  readonly isBeyond: (path: string) => boolean;
}

interface TemplateSettings {
  /** Whether components' values are templates. */
  readonly enabled: boolean;
  /** How many times over. */
  readonly evaluations: number;
  /** Whether a value that is not there is no error. */
  readonly lenient: boolean;
}

type Config = Pick<LoadedConfig, "root" | "basePath" | "files">;

/** https://atmos.tools/cli/configuration/stacks Permissions: env, read, sys. */
export function stackSettings(host: PlaceHost, config: Config): StackSettings {
  const said = (name: string) => textAt(config.root, ["stacks", name]);
  const file = originOf(host, config);
  return {
    directory: pathIn(host, { config, said: said("base_path") ?? "stacks" }),
    included: textsOf(valueAt(config.root, ["stacks", "included_paths"])) ?? ["orgs/**/*"],
    excluded: textsOf(valueAt(config.root, ["stacks", "excluded_paths"])) ?? ["**/_defaults.yaml"],
    namePattern: said("name_pattern") ?? (said("name_template") === undefined ? DEFAULT_PATTERN : undefined),
    nameTemplate: said("name_template"),
    namePlace: valueAt(config.root, ["stacks", "name_template"])?.place,
    nameFetched: valueAt(config.root, ["stacks", "name_template"])?.fetched,
    lists: strategyIn(valueAt(config.root, ["settings"])) ?? "replace",
    inheritsMetadata: textAt(config.root, ["stacks", "inherit", "metadata"])?.toLowerCase() !== "false",
    env: mapIn(config.root, "env"),
    commands: commandsIn(config.root),
    hasWorkspaces: textAt(config.root, ["components", "terraform", "workspaces_enabled"])?.toLowerCase() !== "false",
    functions: environmentFunctions(host),
    isBeyond: (path) => isBeyondTree(host, { file, path }),
    templates: {
      enabled: isOn(config.root, "enabled"),
      evaluations: evaluations(textAt(config.root, ["templates", "settings", "evaluations"])),
      lenient: isOn(config.root, "ignore_missing_template_values"),
    },
  };
}

/** A file of the tree that manifests belong to: atmos.yaml, or where the user says with a flag, a variable or a file of their own. */
function originOf(host: PlaceHost, { root, basePath, files }: Config): string {
  const atBasePath = join(basePath, "atmos.yaml");
  const file = files.at(-1);
  if (file === undefined || isTrustedPlace(host, file)) return atBasePath;
  const saidBy = valueAt(root, ["base_path"])?.place.file;
  const isOfTree = saidBy !== undefined && files.includes(saidBy) && !isTrustedPlace(host, saidBy);
  return !isOfTree && isBeyondTree(host, { file, path: basePath }) ? atBasePath : file;
}

const DEFAULT_PATTERN = "{tenant}-{environment}-{stage}";

/** Returns how lists are merged where settings say so. AppError "config-invalid" for a word that is no strategy. */
export function strategyIn(settings: Located | undefined): ListStrategy | undefined {
  const value = settings && valueAt(settings, ["list_merge_strategy"]);
  if (value === undefined || isEmpty(value)) return undefined;
  const strategy = LIST_STRATEGIES.find((one) => value.kind === "scalar" && one === value.text);
  if (strategy !== undefined) return strategy;
  const [found, near] = value.kind === "scalar"
    ? [shown(value), didYouMean(value, LIST_STRATEGIES)]
    : [sortOf(value), ""];
  const message = `Cannot use settings.list_merge_strategy: found ${found}: must be ${listed(LIST_STRATEGIES)}${near}`;
  throw new AppError("config-invalid", message, { place: value.place });
}

function mapIn(root: LocatedMap, name: string): LocatedMap | undefined {
  const value = valueAt(root, [name]);
  return value?.kind === "map" ? value : undefined;
}

function commandsIn(root: LocatedMap): ReadonlyMap<string, LocatedScalar> {
  const kinds = [...mapIn(root, "components")?.entries.keys() ?? []];
  return new Map(kinds.flatMap((kind) => {
    const command = valueAt(root, ["components", kind, "command"]);
    return command?.kind === "scalar" && !isEmpty(command) ? [[kind, command] as const] : [];
  }));
}

/** A path of the configuration, absolute. */
export function pathIn(
  host: Needs<"env">,
  { config, said }: { readonly config: Config; readonly said: string },
): string {
  return resolve(config.basePath, expandHome(host, said) ?? said);
}

function textsOf(value: Located | undefined): readonly string[] | undefined {
  if (value === undefined) return undefined;
  const items = value.kind === "list" ? value.items : [value];
  return items.flatMap((item) => (item.kind === "scalar" && item.text !== "" ? [item.text] : []));
}

function isOn(root: Located, name: string): boolean {
  return textAt(root, ["templates", "settings", name])?.toLowerCase() === "true";
}

/** More than ten times is a mistake. */
function evaluations(text: string | undefined): number {
  const count = Number(text ?? "1");
  return Number.isInteger(count) && count > 0 ? Math.min(count, 10) : 1;
}
