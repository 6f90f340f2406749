import { globFiles, hasWildcard } from "../../config/files/glob.ts";
import { isDirectoryThere, isFileThere, isRemote, mayBeRemote } from "../../config/files/file_checks.ts";
import { closest } from "../../formats/text/closest.ts";
import { isTemplate } from "../../formats/go_template/render_template.ts";
import { isFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { basename, dirname, resolve } from "../../store/paths.ts";
import { isHidden, showCall } from "../../config/values/fetched.ts";
import type { Fetched } from "../../config/values/located.ts";
import { renderWatched } from "../settings/reach.ts";
import type { Context, ImportItem } from "./import_items.ts";
import { EXTENSIONS, fileExtension, MANIFEST, withExtensions } from "./manifest_files.ts";
import { atPlace, stackError } from "../settings/stack_error.ts";
import type { StackSettings } from "../settings/stack_settings.ts";

interface ImportedInput {
  readonly item: ImportItem;
  /** The file that imports. */
  readonly manifest: string;
  readonly settings: StackSettings;
  /** What a path may be made of; asked for only when it is a template. */
  readonly data: () => Context;
}

interface ImportedFiles {
  /** The path, rendered. */
  readonly text: string;
  readonly files: readonly string[];
  readonly reached: Fetched | undefined;
  /** Whether it is remote, and so not fetched. */
  readonly isSkipped?: true;
}

/**
 * The files that an import means: seen from the importing file when it begins with `./` or `../`, else from
 * `stacks.base_path`; none for a remote one. AppError "config-invalid" when there is no such file, and the import doesn't
 * say that there need not be.
 */
export async function importedFiles(host: Needs<"read">, input: ImportedInput): Promise<ImportedFiles> {
  const { text: path, mark } = await resolveImportPath(input);
  const { item, manifest, settings } = input;
  const known = { text: path, reached: mark.fetched ?? item.fetched };
  if (isRemote(path)) return { ...known, files: [], isSkipped: true };
  const directory = /^\.\.?\//.test(path) ? dirname(manifest) : settings.directory;
  const shown = describePath(item, known);
  const found = hasWildcard(path)
    ? globImports(host, { directory, path, item, shown })
    : plain(host, resolve(directory, path));
  if (found.length === 0 && !item.skipsMissing) {
    if (isElsewhere(host, { path, directory })) return { ...known, files: [], isSkipped: true };
    throw missing(host, { item, path, directory, shown });
  }
  const isBeyond = missedPlaces(resolve(directory, path), found[0]).some(settings.isBeyond);
  const reached = isBeyond ? { call: `import: ${shown}`, place: item.place, isBeyond } : known.reached;
  return { ...known, files: hasWildcard(path) ? found.filter((one) => one !== manifest) : found, reached };
}

/** What begins with a directory that is there is local, and misspelled. */
function isElsewhere(host: Needs<"read">, { path, directory }: { path: string; directory: string }): boolean {
  return mayBeRemote(path) && !isDirectoryThere(host, resolve(directory, path.split("/")[0]!));
}

async function resolveImportPath(
  { item: { path, place }, data, settings: { functions } }: ImportedInput,
): ReturnType<typeof renderWatched> {
  if (!isTemplate(path)) return { text: path, mark: {} };
  const input = { source: path, data: data(), strict: true, functions };
  return await atPlace(place, () => renderWatched(input, place));
}

/** Where an import has found nothing: that, too, tells something of a place beyond the tree. */
function missedPlaces(path: string, found: string | undefined): readonly string[] {
  if (!hasWildcard(path)) {
    return candidatesFor(path).slice(0, found === undefined ? undefined : candidatesFor(path).indexOf(found));
  }
  const [directory = ""] = path.split(/\/[^/]*[*?[{]/);
  return found === undefined ? [directory || "/"] : [];
}

/** A path with an extension is taken as it is, but for the template of a YAML file, which goes before the file itself. */
function plain(host: Needs<"read">, path: string): readonly string[] {
  const found = candidatesFor(path).find((one) => isFileThere(host, one));
  return found === undefined ? [] : [found];
}

function candidatesFor(path: string): readonly string[] {
  const extension = fileExtension(path);
  if (extension === "") return EXTENSIONS.map((one) => path + one);
  return MANIFEST.test(extension) ? [`${path}.tmpl`, path] : [path];
}

interface Sought {
  readonly item: ImportItem;
  readonly path: string;
  /** As messages have it. */
  readonly shown: string;
  readonly directory: string;
}

/** What a path was made of may be private, in whatever form it is there: then what has made it is shown. */
function describePath(item: ImportItem, { text, reached }: Pick<ImportedFiles, "text" | "reached">): string {
  if (!isHidden(reached)) return text;
  return isHidden(item.fetched) ? showCall(item.fetched) : item.path;
}

function globImports(host: Needs<"read">, { directory, path, item, shown }: Sought): readonly string[] {
  try {
    const files = globFiles(host, { directory, pattern: withExtensions(path), followsLinks: true }).toSorted();
    return fileExtension(path) === "" ? firstExtensions(files) : files;
  } catch (error) {
    if (error instanceof RangeError) throw stackError({ place: item.place, found: `"${shown}": ${error.message}` });
    throw error;
  }
}

/** Of `x.yaml` and `x.yaml.tmpl` the one that an import of x means. */
function firstExtensions(files: readonly string[]): readonly string[] {
  const all = new Set(files);
  return files.filter((path) => {
    const name = path.replace(MANIFEST, "");
    return path === EXTENSIONS.map((extension) => name + extension).find((one) => all.has(one));
  });
}

function missing(host: Needs<"read">, { item, path, directory, shown }: Sought): Error {
  if (shown !== path) return stackError({ place: item.place, found: `the import "${shown}" does not exist` });
  const beside = dirname(resolve(directory, path));
  const isExact = fileExtension(path) !== "";
  const names = joinNames(host, beside).map((name) => isExact ? name : name.replace(MANIFEST, ""));
  const near = closest(basename(path), names.filter((name) => name !== basename(path)))[0];
  if (near === undefined && isDirectoryThere(host, resolve(directory, path))) {
    const found = `the import "${path}" is a directory; did you mean "${path.replace(/\/*$/, "/*")}"?`;
    return stackError({ place: item.place, found });
  }
  const meant = near === undefined
    ? ""
    : `; did you mean "${path.slice(0, path.length - basename(path).length)}${near}"?`;
  return stackError({ place: item.place, found: `the import "${path}" does not exist${meant}` });
}

function joinNames(host: Needs<"read">, directory: string): readonly string[] {
  try {
    return host.read.list(directory);
  } catch (error) {
    if (isFileError(error)) return [];
    throw error;
  }
}
