import { AppError } from "../../errors.ts";
import { decodeUtf8 } from "../../formats/text/utf8.ts";
import { YamlError } from "../../formats/text/source_error.ts";
import type { Needs } from "../../host/host.ts";
import { dirname, expandHome, resolve } from "../../store/paths.ts";
import type { Fetched, FilePlace, Located } from "../values/located.ts";
import { recordFetchedIn } from "../values/fetched.ts";
import { makeFromJson, makeText, markFetched } from "../values/make_located.ts";
import { isRemote } from "../files/file_checks.ts";
import { withoutSource } from "../files/source_file.ts";
import { isBeyondTree } from "../files/tree.ts";

interface IncludeCall {
  /** A path, seen from the file that says it, and maybe a path inside that file as yq writes it. */
  readonly text: string;
  readonly place: FilePlace;
  readonly readYaml: (path: string, fetched: Fetched) => Promise<Located>;
  /** Reads any other file. */
  readonly readBytes: (path: string) => Uint8Array;
}

/**
 * `!include`: a YAML or JSON file, or a part of it, or any other file's text. Throws RangeError. Permissions: read, env.
 */
export async function includeValue(host: Needs<"read" | "env">, call: IncludeCall): Promise<Located> {
  const { name, part } = argumentsOf(call.text);
  if (isRemote(name)) throw new RangeError(`"${name}" is not a local file, and nothing is fetched from elsewhere`);
  const path = resolve(dirname(call.place.file), expandHome(host, name) ?? name);
  const { text, place } = call;
  const fetched = { call: `!include ${text}`, place, isBeyond: isBeyondTree(host, { file: place.file, path }) };
  const whole = await explain(path, () => readByKind(path, { ...call, fetched }));
  const value = selectValue(whole, part);
  if (value === undefined) throw new RangeError(`"${path}" has nothing at ${part}`);
  const marked = markFetched(value, fetched);
  return fetched.isBeyond ? recordFetchedIn(marked) : marked;
}

/** The quotes of a part such as `."a.b"` belong to it. */
function argumentsOf(text: string): { readonly name: string; readonly part: string } {
  const [, name, part] = /^\s*("[^"]+"|'[^']+'|\S+)\s*(.*?)\s*$/s.exec(text) ?? [];
  if (name === undefined) throw new RangeError("it takes a file and maybe a path in it, like .a.b");
  return { name: name.replace(/^(["'])(.*)\1$/, "$2"), part: part || "." };
}

/** The values stand in that file, since it is that file that has to be trusted with them. */
async function readByKind(path: string, call: IncludeCall & { readonly fetched: Fetched }): Promise<Located> {
  if (/\.ya?ml$/i.test(path)) return await call.readYaml(path, call.fetched);
  const text = decodeUtf8(call.readBytes(path));
  const place = { file: path, line: 1, column: 1 };
  return /\.json$/i.test(path) ? makeFromJson(JSON.parse(text), place) : makeText(text, place);
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
    if (error instanceof SyntaxError) throw new RangeError(`"${path}" is not JSON`);
    throw error;
  }
}

const STEP = /\.?"([^"]*)"|\.?([^.[\]"\s]+)|\.?\[(\d+)\]/y;

/**
 * The part of a value that a path in the style of yq means: `.a.b`, `.list[0].name`, `."a.b"`, `.` for all of it.
 * undefined when it is not there; RangeError for what is no such path. https://mikefarah.gitbook.io/yq/operators/traverse-read
 */
function selectValue(value: Located, path: string): Located | undefined {
  const steps = stepsOf(path);
  return steps.reduce<Located | undefined>((from, step) => (from === undefined ? undefined : next(from, step)), value);
}

function stepsOf(path: string): readonly (string | number)[] {
  if (path === ".") return [];
  const steps: (string | number)[] = [];
  const step = new RegExp(STEP);
  while (step.lastIndex < path.length) {
    const found = step.exec(path);
    if (found === null) throw new RangeError(`"${path}" is no path like .a.b or .list[0]`);
    steps.push(found[3] === undefined ? found[1] ?? found[2]! : Number(found[3]));
  }
  return steps;
}

function next(from: Located, step: string | number): Located | undefined {
  if (typeof step === "number") return from.kind === "list" ? from.items[step] : undefined;
  return from.kind === "map" ? from.entries.get(step)?.value : undefined;
}

/**
 * The arguments of a YAML function: words between blanks, where a part in single or double quotes counts as one, as
 * in `!env 'NAME "a default"'`.
 */
export function wordsOf(text: string): readonly string[] {
  const words = text.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+|["']\S*/g);
  return [...words].map(([word]) => word.replace(/"([^"]*)"|'([^']*)'/g, "$1$2"));
}
