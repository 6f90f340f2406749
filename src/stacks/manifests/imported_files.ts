import { globFiles, hasWildcard } from "../../config/files/glob.ts";
import { isFileThere, isRemote } from "../../config/files/file_checks.ts";
import { closest } from "../../formats/text/closest.ts";
import { isTemplate } from "../../formats/go_template/render_template.ts";
import { isFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { basename, dirname, resolve } from "../../store/paths.ts";
import type { Fetched } from "../../config/values/located.ts";
import { renderWatched } from "../settings/reach.ts";
import type { Context, ImportItem } from "./import_items.ts";
import { EXTENSIONS, MANIFEST, withExtensions } from "./manifest_files.ts";
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

/**
 * The files that an import means: seen from the importing file when it begins with `./` or `../`, else from
 * `stacks.base_path`. AppError "config-invalid" when there is none, and the import doesn't say that there need not be.
 */
export async function importedFiles(
  host: Needs<"read">,
  input: ImportedInput,
): Promise<{ readonly files: readonly string[]; readonly reached: Fetched | undefined }> {
  const { text: path, mark } = await pathOf(input);
  return { files: filesAt(host, { ...input, path }), reached: mark.fetched ?? input.item.fetched };
}

function filesAt(
  host: Needs<"read">,
  { item, manifest, settings, path }: ImportedInput & { readonly path: string },
): readonly string[] {
  if (isRemote(path)) {
    throw stackError({
      place: item.place,
      found: `"${path}" is not a local file, and nothing is fetched from elsewhere`,
    });
  }
  const directory = /^\.\.?\//.test(path) ? dirname(manifest) : settings.directory;
  const found = hasWildcard(path) ? globbed(host, { directory, path, item }) : plain(host, resolve(directory, path));
  if (found.length > 0 || item.skipsMissing) return found.filter((one) => one !== manifest);
  throw missing(host, { item, path, directory });
}

async function pathOf(
  { item: { path, place }, data, settings: { functions } }: ImportedInput,
): ReturnType<typeof renderWatched> {
  if (!isTemplate(path)) return { text: path, mark: {} };
  const input = { source: path, data: data(), strict: true, functions };
  return await atPlace(place, () => renderWatched(input, place));
}

function plain(host: Needs<"read">, path: string): readonly string[] {
  const candidates = MANIFEST.test(path) ? [path] : EXTENSIONS.map((extension) => path + extension);
  const found = candidates.find((one) => isFileThere(host, one));
  return found === undefined ? [] : [found];
}

interface Sought {
  readonly item: ImportItem;
  readonly path: string;
  readonly directory: string;
}

function globbed(host: Needs<"read">, { directory, path, item }: Sought): readonly string[] {
  try {
    const files = globFiles(host, { directory, pattern: withExtensions(path) });
    return files.filter((one) => MANIFEST.test(one)).toSorted();
  } catch (error) {
    if (error instanceof RangeError) throw stackError({ place: item.place, found: `"${path}": ${error.message}` });
    throw error;
  }
}

function missing(host: Needs<"read">, { item, path, directory }: Sought): Error {
  const beside = dirname(resolve(directory, path));
  const near = closest(basename(path), listed(host, beside).map((name) => name.replace(MANIFEST, "")))[0];
  const meant = near === undefined
    ? ""
    : `; did you mean "${path.slice(0, path.length - basename(path).length)}${near}"?`;
  return stackError({ place: item.place, found: `the import "${path}" is not there${meant}` });
}

function listed(host: Needs<"read">, directory: string): readonly string[] {
  try {
    return host.read.list(directory);
  } catch (error) {
    if (isFileError(error)) return [];
    throw error;
  }
}
