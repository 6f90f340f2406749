import { globFiles } from "../../config/glob.ts";
import type { LoadedConfig } from "../../config/load_config.ts";
import type { Located } from "../../config/located.ts";
import { textAt, valueAt } from "../../config/look_up.ts";
import { isDirectoryThere } from "../../config/present.ts";
import { readSource } from "../../config/source_file.ts";
import { hasWildcard } from "../../config/wildcard.ts";
import { AppError } from "../../errors.ts";
import { resolved, valueOf, type YamlNode } from "../../formats/yaml_node.ts";
import { isFileError } from "../../host/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { basename, expandHome, join, resolve } from "../../store/paths.ts";
import { patternName } from "./pattern_name.ts";

type Config = Pick<LoadedConfig, "root" | "basePath">;

const EXTENSION = /\.ya?ml(?:\.tmpl)?$/;
const KINDS = ["terraform", "helmfile"];

/**
 * What can be known of stacks without working them out: manifests below `stacks.base_path` by the name that
 * `stacks.name_pattern` makes of their own `vars`, else by their path; and the `name:` of those that have one.
 * Permissions: read, env.
 */
export function stackNames(host: Needs<"read" | "env">, config: Config): readonly string[] {
  const directory = placeOf(host, { config, path: ["stacks", "base_path"], usual: "stacks" });
  return unique(
    manifests(host, config).flatMap((path) => {
      const root = manifestRoot(host, path);
      const name = valueOf(root, "name");
      const own = patternName(namePattern(config), mapAt(root, "vars")) ??
        path.slice(directory.length + 1).replace(EXTENSION, "");
      return name?.kind === "scalar" && name.text !== "" ? [own, name.text] : [own];
    }),
  );
}

/** A template goes before a pattern. */
function namePattern({ root }: Config): string | undefined {
  return textAt(root, ["stacks", "name_template"]) === undefined ? textAt(root, ["stacks", "name_pattern"]) : undefined;
}

/** The directories of components, and the names below `components` in the manifests. Permissions: read, env. */
export function componentNames(host: Needs<"read" | "env">, config: Config): readonly string[] {
  const directories = KINDS.flatMap((kind) => {
    const path = ["components", kind, "base_path"];
    const place = placeOf(host, { config, path, usual: `components/${kind}` });
    return listed(host, place).filter((name) => isDirectoryThere(host, join(place, name)));
  });
  const roots = manifests(host, config).map((path) => manifestRoot(host, path));
  return unique([...directories, ...roots.flatMap((root) => KINDS.flatMap((kind) => namesIn(root, kind)))]);
}

/** `components.<kind>.*` of a manifest, without those that no stack can use by themselves. */
function namesIn(root: YamlNode | undefined, kind: string): readonly string[] {
  const section = mapAt(mapAt(root, "components"), kind);
  const pairs = section?.kind === "map" ? section.items : [];
  return pairs.flatMap((key, at) => {
    if (at % 2 === 1 || key.text === "" || key.text === "<<") return [];
    return mapAt(mapAt(resolved(pairs[at + 1]!), "metadata"), "type")?.text === "abstract" ? [] : [key.text];
  });
}

function mapAt(map: YamlNode | undefined, key: string): YamlNode | undefined {
  const found = valueOf(map, key);
  return found === undefined ? undefined : resolved(found);
}

function manifests(host: Needs<"read" | "env">, config: Config): readonly string[] {
  const directory = placeOf(host, { config, path: ["stacks", "base_path"], usual: "stacks" });
  const matching = (key: string) =>
    textsOf(valueAt(config.root, ["stacks", key])).flatMap((pattern) => {
      const any = hasWildcard(basename(pattern)) ? pattern : `{${pattern},${pattern}.yaml,${pattern}.yml}`;
      return globFiles(host, { directory, pattern: any });
    });
  const left = new Set(matching("excluded_paths"));
  return unique(matching("included_paths")).filter((path) => EXTENSION.test(path) && !left.has(path));
}

interface Place {
  readonly config: Config;
  readonly path: readonly string[];
  readonly usual: string;
}

function placeOf(host: Needs<"env">, { config, path, usual }: Place): string {
  const said = textAt(config.root, path) ?? usual;
  return resolve(config.basePath, expandHome(host, said) ?? said);
}

function textsOf(value: Located | undefined): readonly string[] {
  const items = value?.kind === "list" ? value.items : value === undefined ? [] : [value];
  return items.flatMap((item) => (item.kind === "scalar" && item.text !== "" ? [item.text] : []));
}

/** A manifest that is a template may be no YAML at all: then nothing is known of what is in it. */
function manifestRoot(host: Needs<"read">, path: string): YamlNode | undefined {
  try {
    return readSource(host, path).yaml.root;
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

function listed(host: Needs<"read">, place: string): readonly string[] {
  try {
    return host.read.list(place).filter((name) => !name.startsWith("."));
  } catch (error) {
    if (isFileError(error)) return [];
    throw error;
  }
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
