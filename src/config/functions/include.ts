import { AppError } from "../../errors.ts";
import { DotenvError, HclError, YamlError } from "../../formats/text/source_error.ts";
import type { Needs } from "../../host/host.ts";
import { dirname, expandHome, isAbsolute, resolve } from "../../store/paths.ts";
import type { FilePosition, Located } from "../values/located.ts";
import { recordFetchedIn } from "../values/fetched.ts";
import { markFetched } from "../values/make_located.ts";
import { isFileThere, isRemote } from "../files/file_checks.ts";
import { withoutSource } from "../files/source_file.ts";
import { isBeyondTree, isPersonalInTree, targetBeyond } from "../files/tree.ts";
import { type FileReaders, readIncluded } from "./read_included.ts";
import { selectValue } from "./select_value.ts";
import { unquote, wordIn } from "./split_words.ts";

export interface IncludeCall extends FileReaders {
  /** A path, seen from the file that says it or else from `base_path`, and maybe a query as yq has them. */
  readonly text: string;
  readonly place: FilePosition;
  /** Where the paths of the configuration start; undefined for a file that must not look there. */
  readonly basePath: (file: string) => string | undefined;
}

/**
 * `!include`: a file by its extension (YAML, JSON, HCL, variables, else text), or what a query finds in it; with
 * `isRaw`, `!include.raw`: its text, whatever it is. Throws RangeError. Permissions: read, env.
 */
export async function includeValue(
  host: Needs<"read" | "env">,
  { isRaw, ...call }: IncludeCall & { readonly isRaw: boolean },
): Promise<Located> {
  const { text, place } = call;
  const { name, query } = parseArguments(text);
  const path = locateInclude(host, { ...call, name });
  const tag = isRaw ? "!include.raw" : "!include";
  const lead = { file: place.file, path };
  const isBeyond = isBeyondTree(host, lead);
  const target = isBeyond ? targetBeyond(host, { path, said: name }) : {};
  const byValue = isPersonalInTree(host, lead) ? { isByValue: true } as const : {};
  const fetched = { call: `${tag} ${text}`, place, isBeyond, ...target, ...byValue };
  const whole = await explain(path, () => readIncluded(path, { ...call, fetched, isRaw }));
  const value = query === "" ? whole : selectValue(whole, query, place);
  if (value === undefined) throw new RangeError(`"${path}" has nothing at ${query}`);
  const marked = markFetched(value, fetched);
  return fetched.isBeyond ? recordFetchedIn(marked) : marked;
}

/** Quotes around a whole query are not part of it; those of `."a.b"` are. */
function parseArguments(text: string): { readonly name: string; readonly query: string } {
  const name = wordIn(text);
  if (name === undefined) throw new RangeError("it takes a file and maybe a path in it, like .a.b");
  return { name: unquote(name.word), query: unquote(name.rest) };
}

/** Beside the file that says so, else below `base_path`. */
function locateInclude(
  host: Needs<"read" | "env">,
  { name, place, basePath }: Pick<IncludeCall, "place" | "basePath"> & { readonly name: string },
): string {
  if (isRemote(name)) throw new RangeError(`"${name}" is not a local file, and nothing is fetched from elsewhere`);
  const said = expandHome(host, name) ?? name;
  const beside = resolve(dirname(place.file), said);
  if (isAbsolute(said) || isFileThere(host, beside)) return beside;
  const base = basePath(place.file);
  if (base === undefined) throw new RangeError(`there is no "${beside}"`);
  const below = resolve(base, said);
  if (below === beside || isFileThere(host, below)) return below;
  throw new RangeError(`there is neither "${beside}" nor "${below}"`);
}

/** What is wrong with the other file, told at the place of the call; what it needs trust for stays as it is. */
async function explain(path: string, read: () => Promise<Located>): Promise<Located> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AppError && error.place !== undefined && error.hint === undefined) {
      throw new RangeError(`${withoutSource(error).message} (line ${error.place.line}, column ${error.place.column})`);
    }
    if (error instanceof AppError && error.code === "config-not-found") throw new RangeError(error.message);
    if (error instanceof YamlError) {
      throw new RangeError(`"${path}", line ${error.line}: it is not the YAML of a configuration`);
    }
    if (error instanceof HclError || error instanceof DotenvError) {
      throw new RangeError(`"${path}", line ${error.line}, column ${error.column}: ${explainReadError(error)}`);
    }
    if (error instanceof SyntaxError) throw new RangeError(`"${path}" is not JSON`);
    throw error;
  }
}

/** Without what it may quote of the file's text, which may be no configuration at all. */
function explainReadError({ message }: Error): string {
  return message.replace(/^".*" is there twice$/, "a name is there twice");
}
