import { recordVariable } from "../../config/values/fetched.ts";
import type { FilePlace, FunctionText, Located, LocatedScalar } from "../../config/values/located.ts";
import { locateValues } from "../../config/functions/locate_values.ts";
import { makeNull, makeText, markFetched } from "../../config/values/make_located.ts";
import { plainValue } from "../../config/values/scalar_value.ts";
import { parseSource, readConfigBytes, refuseYamlErrors } from "../../config/files/source_file.ts";
import { type FunctionHost, YAML_FUNCTIONS } from "../../config/functions/yaml_functions.ts";
import { noteReach } from "./reach.ts";
import { stackError } from "./stack_error.ts";
import { type FunctionTable, takes } from "../../formats/go_template/functions/arguments.ts";
import type { Needs } from "../../host/host.ts";

/** Functions that cost nothing: no program is run, no state of another component is asked for. */
const CHEAP: readonly string[] = ["!env", "!include", "!repo-root", "!cwd", "!random"];

/**
 * The value of a YAML function in a manifest. AppError "config-invalid" for one that fails, and for those that would
 * need terraform, a store or a program. Permissions: read, env.
 */
export async function callFunction(
  host: FunctionHost,
  scalar: LocatedScalar & { readonly call: FunctionText },
): Promise<Located> {
  const { call: { tag, text }, place, fetched } = scalar;
  if (tag === "!template") return fromText(text, scalar);
  if (isLiteral(scalar)) return makeText(text, place);
  const known = CHEAP.includes(tag) ? YAML_FUNCTIONS.get(tag) : undefined;
  if (known === undefined) {
    throw stackError({
      place,
      found: `${tag} is needed here, and this version does not call it`,
      hint: `Write the value in its place, or use one of ${[...CHEAP, "!template"].join(", ")}.`,
    });
  }
  try {
    const readYaml = (path: string) => Promise.resolve(included(host, path));
    const readBytes = (path: string) => readConfigBytes(host, path);
    const { value } = await known(host, { text, place, readYaml, readBytes });
    // What the call itself is made of counts like what it gives.
    return fetched === undefined ? value : markFetched(value, fetched);
  } catch (error) {
    if (error instanceof RangeError) throw stackError({ place, found: `${tag}: ${error.message}` });
    throw error;
  }
}

/** `!literal`: whatever is in it, it is no template. */
export function isLiteral({ call }: LocatedScalar): boolean {
  return call?.tag === "!literal";
}

/** What a file says; a function in it stays as it is. */
function included(host: FunctionHost, path: string): Located {
  const source = parseSource(path, readConfigBytes(host, path));
  const found = refuseYamlErrors(path, () => locateValues(source, { values: new Map(), keepsFunctions: true }));
  return found ?? makeNull({ file: path, line: 1, column: 1 });
}

/** `!template`: what was rendered may be JSON, or a number and the like. */
function fromText(text: string, { place, fetched }: LocatedScalar): Located {
  const value = valueOfText(text, place);
  return fetched === undefined ? value : markFetched(value, fetched);
}

function valueOfText(text: string, place: FilePlace): Located {
  const { file } = place;
  if (!/^\s*[[{]/.test(text)) return { kind: "scalar", place, value: plainValue(text.trim()), text: text.trim() };
  const source = parseSource(file, new TextEncoder().encode(text));
  const found = refuseYamlErrors(file, () => locateValues({ ...source, placeOf: () => place }, { values: new Map() }));
  return found ?? makeNull(place);
}

/** The functions of templates that look at the environment. https://masterminds.github.io/sprig/os.html */
export function environmentFunctions({ env }: Needs<"env">): FunctionTable {
  const read = (name: unknown) => {
    noteReach(undefined);
    return recordVariable(String(name), env.get(String(name)) ?? "");
  };
  const getenv = (name: unknown, fallback: unknown = "") => read(name) || fallback;
  return {
    env: takes(1, read),
    getenv: takes([1, 2], getenv),
    "env.Getenv": takes([1, 2], getenv),
    expandenv: takes(
      1,
      (text) => String(text).replace(/\$(?:\{(\w+)\}|(\w+))/g, (...[, braced, bare]) => read(braced ?? bare)),
    ),
  };
}
