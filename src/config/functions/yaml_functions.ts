import type { YamlNode } from "../../formats/yaml/node.ts";
import { dottedPath } from "../../formats/text/dotted_path.ts";
import type { SourceFile } from "../files/source_file.ts";
import { foreignTag } from "../values/yaml_tag.ts";
import type { Needs } from "../../host/host.ts";
import { resolve } from "../../store/paths.ts";
import { type IncludeCall, includeValue } from "./include.ts";
import { splitWords } from "./split_words.ts";
import type { Located, Problem } from "../values/located.ts";
import { recordFetchedIn } from "../values/fetched.ts";
import { makeText, markFetched } from "../values/make_located.ts";
import { gitRoot } from "../files/file_checks.ts";
import { runForValue } from "./run_for_value.ts";

/** A node with a tag that is not YAML's own. */
export interface FunctionCall {
  readonly node: YamlNode;
  readonly tag: string;
  /** Dotted path of the value. */
  readonly path: string;
}

/** All of them, in the order of the file; what is inside one of them is its own business. */
export function functionCalls({ yaml }: SourceFile): readonly FunctionCall[] {
  return yaml.root === undefined ? [] : callsIn(yaml.root, []);
}

function callsIn(node: YamlNode, path: readonly (string | number)[]): readonly FunctionCall[] {
  const tag = foreignTag(node);
  const readAsItIs = (tag === "!literal" && node.kind !== "scalar") || (tag === "!append" && node.kind === "seq");
  if (tag !== undefined && !readAsItIs) return [{ node, tag, path: dottedPath(path) }];
  if (node.kind === "seq") return node.items.flatMap((item, at) => callsIn(item, [...path, at]));
  return node.items.flatMap((item, at) => at % 2 === 0 ? [] : callsIn(item, [...path, node.items[at - 1]!.text]));
}

export type FunctionHost = Needs<"read" | "env" | "run" | "random" | "runtime" | "sys">;

/** A YAML function where it stands in a file; its text is what follows the tag. */
export interface Call extends IncludeCall {
  /** Where a command starts; the current directory by default. */
  readonly cwd?: string | undefined;
}

export interface Answer {
  readonly value: Located;
  /** Odd, but no reason to stop. */
  readonly warning?: Pick<Problem, "message" | "remedy">;
}

/** Gives the value, or throws RangeError for a call that cannot be answered. */
type YamlFunction = (host: FunctionHost, call: Call) => Answer | Promise<Answer>;

/** Every function that a value may be written with; `!literal` is left to the reader, it only says "as it is". */
export const YAML_FUNCTIONS: ReadonlyMap<string, YamlFunction> = new Map<string, YamlFunction>([
  ["!cwd", (host, call) => local("!cwd", { call, path: resolve(host.read.cwd(), call.text || ".") })],
  ["!env", variable],
  ["!exec", async (host, call) => ({ value: asPrinted(call, await runForValue(host, call)) })],
  ["!include", async (host, call) => ({ value: await includeValue(host, { ...call, isRaw: false }) })],
  ["!include.raw", async (host, call) => ({ value: await includeValue(host, { ...call, isRaw: true }) })],
  ["!literal", (_host, call) => getSaid(call, call.text)],
  ["!random", random],
  ["!repo-root", repositoryRoot],
]);

/** Returns the value as what a command has printed: as good as the command. */
export function asPrinted({ text, place }: Pick<Call, "text" | "place">, value: Located): Located {
  const fetched = { call: `!exec ${text}`.trimEnd(), place, isBeyond: false, byCommand: true } as const;
  return recordFetchedIn(markFetched(value, fetched));
}

function getSaid({ place }: Call, text: string): Answer {
  return { value: makeText(text, place) };
}

function variable(host: FunctionHost, call: Call): Answer {
  const [name, fallback, ...rest] = splitWords(call.text);
  if (name === undefined || rest.length > 0) throw new RangeError("it takes a variable's name and maybe a default");
  const value = host.env.get(name);
  if (value !== undefined) {
    const fetched = { call: `!env ${call.text}`.trimEnd(), place: call.place, isBeyond: true };
    return { value: recordFetchedIn(markFetched(makeText(value, call.place), fetched)) };
  }
  if (fallback !== undefined) return getSaid(call, fallback);
  return {
    value: { ...makeText("", call.place), isUnset: true },
    warning: { message: `the environment variable ${name} is not set, or empty, and there is no default` },
  };
}

function random(host: FunctionHost, call: Call): Answer {
  const words = splitWords(call.text);
  const bounds = words.map(Number);
  const [min, max] = bounds.length === 2 ? [bounds[0]!, bounds[1]!] : [0, bounds[0] ?? 65_535];
  if (words.length > 2 || !Number.isSafeInteger(min) || !Number.isSafeInteger(max) || min > max) {
    throw new RangeError("it takes nothing, a greatest number, or a least and a greatest one");
  }
  const value = min + Math.floor(host.random.fraction() * (max - min + 1));
  return { value: { kind: "scalar", place: call.place, value, text: String(value) } };
}

function repositoryRoot(host: FunctionHost, call: Call): Answer {
  const [fallback] = splitWords(call.text);
  const found = gitRoot(host, host.read.cwd());
  if (found !== undefined) return local("!repo-root", { call, path: found });
  if (fallback !== undefined) return getSaid(call, fallback);
  throw new RangeError("the current directory is in no Git repository, and there is no default");
}

/** A path of this machine, which may have a user's name in it. */
function local(name: string, { call: { text, place }, path }: { readonly call: Call; readonly path: string }): Answer {
  const fetched = { call: `${name} ${text}`.trimEnd(), place, isBeyond: false, isLocal: true } as const;
  return { value: markFetched(makeText(path, place), fetched) };
}
