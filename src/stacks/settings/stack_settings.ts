import type { LoadedConfig } from "../../config/load_config.ts";
import type { SkippedImport } from "../../config/values/skipped_import.ts";
import { textAt, valueAt } from "../../config/values/look_up.ts";
import type { Fetched, FilePosition, LocatedMap, LocatedScalar } from "../../config/values/located.ts";
import type { FunctionTable } from "../../formats/go_template/functions/arguments.ts";
import type { Delimiters } from "../../formats/go_template/segments.ts";
import type { Needs } from "../../host/host.ts";
import { isDirectoryThere } from "../../config/files/file_checks.ts";
import { createTreeTest, isBeyondTree } from "../../config/files/tree.ts";
import { isTrustedPlace, type LocationHost } from "../../config/trust/trusted_places.ts";
import { expandHome, join, resolve } from "../../store/paths.ts";
import { codeDirectories, codeDirectory } from "./code_directories.ts";
import type { ComponentKind } from "./kinds.ts";
import {
  commandsIn,
  countAt,
  delimitersAt,
  type ListStrategy,
  sectionAt,
  strategyIn,
  switchAt,
  textsAt,
} from "./setting_values.ts";
import { environmentFunctions } from "./environment_functions.ts";

/** What atmos.yaml says of stacks. */
export interface StackSettings {
  /** Absolute: `base_path`. */
  readonly basePath: string;
  /** Absolute: `stacks.base_path`. */
  readonly directory: string;
  readonly included: readonly string[];
  readonly excluded: readonly string[];
  /** Absolute: where the code of components is, by their kind: `components.terraform.base_path`. */
  readonly codeDirectories: ReadonlyMap<ComponentKind, string>;
  /** Whether there is code of that name for components of a kind. */
  readonly hasCode: (component: { readonly kind: ComponentKind; readonly name: string }) => boolean;
  /** Where this and the next are undefined, stacks are named by their files. */
  readonly namePattern: string | undefined;
  readonly nameTemplate: string | undefined;
  /** Where that stands. */
  readonly namePlace: FilePosition | undefined;
  /** How it was fetched. */
  readonly nameFetched: Fetched | undefined;
  /** The remote imports of atmos.yaml: what they say of stacks is not known. */
  readonly skippedImports: readonly SkippedImport[];
  readonly lists: ListStrategy;
  /** Whether `metadata` comes from base components too: `stacks.inherit.metadata`. */
  readonly inheritsMetadata: boolean;
  /** `env` of atmos.yaml, which components are started with too. */
  readonly env: LocatedMap | undefined;
  /** What runs components, by their kind, where that is said for all of them. */
  readonly commands: ReadonlyMap<string, LocatedScalar>;
  /** Whether terraform has more than one workspace. */
  readonly hasWorkspaces: boolean;
  /** What projects of Atlantis are called, by the names that settings have for it. */
  readonly atlantisTemplates: LocatedMap | undefined;
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
  /** Whether a value that is not there is no error in imports. */
  readonly lenient: boolean;
  /** What templates of components stand between, if not braces. */
  readonly delimiters: Delimiters | undefined;
}

/** What of a configuration decides what its stacks are. */
export type StackConfig = Pick<LoadedConfig, "root" | "basePath" | "files" | "skippedImports">;

/** https://atmos.tools/cli/configuration/stacks Permissions: env, read, sys. */
export function stackSettings(host: LocationHost, config: StackConfig): StackSettings {
  const said = (name: string) => textAt(config.root, ["stacks", name]);
  const file = describeOrigin(host, config);
  return {
    basePath: config.basePath,
    directory: pathIn(host, { config, said: said("base_path") ?? "stacks" }),
    included: textsAt(config.root, ["stacks", "included_paths"]) ?? ["orgs/**/*"],
    excluded: textsAt(config.root, ["stacks", "excluded_paths"]) ?? ["**/_defaults.yaml"],
    codeDirectories: codeDirectories(host, config),
    hasCode: ({ kind, name }) => isDirectoryThere(host, join(codeDirectory(host, { config, kind }), name)),
    namePattern: said("name_pattern") || (config.files.length === 0 ? DEFAULT_PATTERN : undefined),
    nameTemplate: said("name_template") || undefined,
    namePlace: valueAt(config.root, ["stacks", "name_template"])?.place,
    nameFetched: valueAt(config.root, ["stacks", "name_template"])?.fetched,
    skippedImports: config.skippedImports,
    lists: strategyIn(valueAt(config.root, ["settings"])) ?? "replace",
    inheritsMetadata: switchAt(config.root, ["stacks", "inherit", "metadata"]) ?? true,
    env: sectionAt(config.root, ["env"]),
    commands: commandsIn(config.root),
    hasWorkspaces: switchAt(config.root, ["components", "terraform", "workspaces_enabled"]) ?? true,
    atlantisTemplates: sectionAt(config.root, ["integrations", "atlantis", "project_templates"]),
    functions: environmentFunctions(host, sectionAt(config.root, [...TEMPLATES, "env"])),
    isBeyond: createTreeTest(host, file),
    templates: {
      enabled: switchAt(config.root, [...TEMPLATES, "enabled"]) ?? false,
      evaluations: Math.min(countAt(config.root, [...TEMPLATES, "evaluations"]) ?? 1, MOST_EVALUATIONS),
      delimiters: delimitersAt(config.root, [...TEMPLATES, "delimiters"]),
      lenient: switchAt(config.root, [...TEMPLATES, "ignore_missing_template_values"]) ?? false,
    },
  };
}

/** A file of the tree that manifests belong to: atmos.yaml, or where the user says with a flag, a variable or a file of their own. */
function describeOrigin(host: LocationHost, { root, basePath, files }: StackConfig): string {
  const atBasePath = join(basePath, "atmos.yaml");
  const file = files.at(-1);
  if (file === undefined || isTrustedPlace(host, file)) return atBasePath;
  const saidBy = valueAt(root, ["base_path"])?.place.file;
  const isOfTree = saidBy !== undefined && files.includes(saidBy) && !isTrustedPlace(host, saidBy);
  return !isOfTree && isBeyondTree(host, { file, path: basePath }) ? atBasePath : file;
}

const TEMPLATES = ["templates", "settings"];
/** More is a mistake. */
const MOST_EVALUATIONS = 10;

/** As the Go atmos has it without any atmos.yaml. */
const DEFAULT_PATTERN = "{tenant}-{environment}-{stage}";

/** A path of the configuration, absolute. */
export function pathIn(
  host: Needs<"env">,
  { config, said }: { readonly config: Pick<LoadedConfig, "basePath">; readonly said: string },
): string {
  return resolve(config.basePath, expandHome(host, said) ?? said);
}
