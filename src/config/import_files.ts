import { AppError } from "../errors.ts";
import { closest } from "../formats/text/closest.ts";
import type { Needs } from "../host/host.ts";
import { basename, dirname, expandHome, resolve } from "../store/paths.ts";
import { globFiles, type GlobInput, hasWildcard, isAllBelow } from "./files/glob.ts";
import { showCall } from "./values/fetched.ts";
import type { SkippedImport } from "./values/skipped_import.ts";
import type { Located, LocatedScalar } from "./values/located.ts";
import { isDirectoryThere, isFileThere, isRemote, mayBeRemote } from "./files/file_checks.ts";

const EVERYTHING = "**/*";

/**
 * The files that one item of an `import:` list means, seen from the file that says it: a file (`.yaml` may be left
 * out), a directory, or a pattern, which never means the file itself; `x/**` is `x/**.yaml`, the files in x, as the Go
 * atmos reads it. AppError "config-invalid" at the item when that is nothing. Permission: read.
 */
export function importFiles(host: Needs<"read" | "env">, item: Located): readonly string[] {
  const scalar = importText(item);
  const { text, place, fetched } = scalar;
  const input = { directory: dirname(place.file), pattern: expandHome(host, text) ?? text };
  const found = findImportFiles(host, { scalar, input });
  if (found.length > 0) return found;
  if (hasWildcard(text)) throw cannotImport(scalar, { found: "no file matches" });
  const path = resolve(input.directory, input.pattern);
  if (isDirectoryThere(host, path)) throw cannotImport(scalar, { found: "no YAML file is in that directory" });
  throw cannotImport(scalar, {
    found: "it does not exist",
    similar: fetched === undefined ? similarNames(host, path) : [],
  });
}

/** An item of an `import:` list that is the address of something remote; undefined for a local one. Permission: read. */
export function findRemote(host: Needs<"read">, item: Located): SkippedImport | undefined {
  if (item.kind !== "scalar") return undefined;
  const { text, place, fetched } = item;
  const directory = dirname(place.file);
  // What begins with a directory that is there is local, and misspelled.
  const isElsewhere = () =>
    !isDirectoryThere(host, resolve(directory, text.split("/")[0]!)) &&
    findNamed(host, { directory, pattern: text }).length === 0;
  if (!isRemote(text) && !(mayBeRemote(text) && isElsewhere())) return undefined;
  return { address: fetched === undefined ? text : showCall(fetched), place };
}

/** All YAML files below a directory, as `atmos.d` is read. AppError "config-invalid" when they are far too many. */
export function yamlFilesBelow(host: Needs<"read">, directory: string): readonly string[] {
  try {
    return yamlFiles(host, { directory, pattern: EVERYTHING });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const place = { file: directory, line: 1, column: 1 };
    throw new AppError("config-invalid", `Cannot read configuration "${directory}": ${error.message}`, { place });
  }
}

/** Where `x.yaml` and `x.yml` are both there, the first. */
function yamlFiles(host: Needs<"read">, input: GlobInput): readonly string[] {
  const all = globFiles(host, input).filter((path) => /\.ya?ml$/i.test(path));
  const names = new Set(all);
  return all.filter((path) => !path.endsWith(".yml") || !names.has(path.replace(/yml$/, "yaml")));
}

function importText(item: Located): LocatedScalar {
  const { place } = item;
  if (item.kind === "scalar" && item.value !== null && item.text !== "") return item;
  const what = item.kind === "scalar" ? "nothing" : item.kind === "list" ? "a list" : "a mapping";
  const message = `Cannot read imports of configuration "${place.file}": each must be a path, found ${what}`;
  throw new AppError("config-invalid", message, { place });
}

function findImportFiles(
  host: Needs<"read">,
  { scalar, input }: { readonly scalar: LocatedScalar; readonly input: GlobInput },
): readonly string[] {
  const { text, place } = scalar;
  try {
    if (!hasWildcard(text)) return findNamed(host, input);
    const pattern = isAllBelow(text) ? `${input.pattern}{.yaml,.yml}` : input.pattern;
    return yamlFiles(host, { ...input, pattern }).filter((path) => path !== place.file);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw cannotImport(scalar, { found: scalar.fetched === undefined ? error.message : "it is not a file pattern" });
  }
}

function findNamed(host: Needs<"read">, { directory, pattern }: GlobInput): readonly string[] {
  const path = resolve(directory, pattern);
  if (isDirectoryThere(host, path)) return yamlFiles(host, { directory: path, pattern: EVERYTHING });
  return [path, `${path}.yaml`, `${path}.yml`].filter((one) => isFileThere(host, one)).slice(0, 1);
}

function similarNames(host: Needs<"read">, path: string): readonly string[] {
  try {
    return closest(basename(path), globFiles(host, { directory: dirname(path), pattern: "*" }).map(basename));
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

function cannotImport(
  { text, place, fetched }: LocatedScalar,
  { found, similar = [] }: { readonly found: string; readonly similar?: readonly string[] },
): AppError {
  const hint = similar.length === 0 ? {} : { hint: `Did you mean ${similar.join(", ")}?` };
  const what = fetched === undefined ? `"${text}"` : `the value of ${showCall(fetched)}`;
  return new AppError("config-invalid", `Cannot import ${what} into "${place.file}": ${found}`, { place, ...hint });
}
