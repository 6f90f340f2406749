import type { Fetched, LocatedMap } from "../../config/values/located.ts";
import { locateValues } from "../../config/functions/locate_values.ts";
import { makeMap, markFetched } from "../../config/values/make_located.ts";
import { parseSource, readConfigBytes, refuseYamlErrors } from "../../config/files/source_file.ts";
import { AppError } from "../../errors.ts";
import type { FunctionTable } from "../../formats/go_template/functions/arguments.ts";
import { decodeUtf8 } from "../../formats/text/utf8.ts";
import type { Needs } from "../../host/host.ts";
import { type Context, type ImportItem, importItems } from "./import_items.ts";
import { fileLocals } from "./file_locals.ts";
import type { Known } from "./locals.ts";
import { joinWatched, renderWatched, watched } from "../settings/reach.ts";
import { inText, stackError } from "../settings/stack_error.ts";
import { withLocals } from "./with_locals.ts";

/** One manifest file as its own text says, without what it imports. */
export interface Manifest {
  readonly path: string;
  readonly root: LocatedMap;
  readonly imports: readonly ImportItem[];
  /** The locals of the file, resolved. */
  readonly locals: Context;
}

interface ReadInput {
  readonly path: string;
  /** undefined: the file is read as it is, unless its name ends in `.tmpl`. */
  readonly context: Context | undefined;
  readonly isLenient: boolean;
}

/** Reads each manifest once for each context it is imported with. Permission: read. */
export class ManifestReader {
  readonly #host: Needs<"read">;
  readonly #functions: FunctionTable;
  readonly #read = new Map<string, Promise<Manifest>>();

  /** `functions` have effects, such as `env`. */
  constructor(host: Needs<"read">, functions: FunctionTable) {
    this.#functions = functions;
    this.#host = host;
  }

  /** AppErrors as readSource, and "config-invalid" for what templates or locals refuse. */
  read(input: ReadInput): Promise<Manifest> {
    const key = JSON.stringify([input.path, input.context, input.isLenient]);
    const found = this.#read.get(key) ?? this.#file(input);
    this.#read.set(key, found);
    return found;
  }

  async #file({ path, context, isLenient }: ReadInput): Promise<Manifest> {
    const bytes = readConfigBytes(this.#host, path);
    const functions = this.#functions;
    if (context === undefined && !path.endsWith(".tmpl")) return await fromText({ path, bytes, data: {}, functions });
    const text = refuseYamlErrors(path, () => decodeUtf8(bytes));
    const place = { file: path, line: 1, column: 1 };
    const before = await watched(
      { call: "locals", place },
      () => localsBefore({ path, bytes, data: context ?? {}, functions }),
    );
    const data = joinWatched(context, before.value);
    const input = { source: text, data, strict: !isLenient, functions };
    const { text: rendered, mark } = await inText({ path, text }, () => renderWatched(input, place));
    const fetched = mark.fetched ?? (before.value.locals === undefined ? before.mark.fetched : undefined);
    // A file's text may put what it has read anywhere.
    const reached = fetched && (fetched.place === place ? { ...fetched, call: "a template of this file" } : fetched);
    const bytesRendered = new TextEncoder().encode(rendered);
    return await fromText({ path, bytes: bytesRendered, data: context ?? {}, functions, reached });
  }
}

interface TextInput extends Known {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** What the text was made of, where that is beyond the tree. */
  readonly reached?: Fetched | undefined;
}

async function fromText({ path, bytes, reached, ...given }: TextInput): Promise<Manifest> {
  const read = rootOf({ path, bytes });
  const root = reached === undefined ? read : markFetched(read, reached) as LocatedMap;
  const locals = await fileLocals(root, given);
  const known = locals === undefined ? root : await withLocals(root, { locals, functions: given.functions });
  return { path, root: known, imports: importItems(known), locals: locals?.global ?? {} };
}

function rootOf({ path, bytes }: Pick<TextInput, "path" | "bytes">): LocatedMap {
  const source = parseSource(path, bytes);
  const found = refuseYamlErrors(path, () => locateValues(source, { values: new Map(), keepsFunctions: true }));
  if (found?.kind === "map") return found;
  const place = { file: path, line: 1, column: 1 };
  if (found === undefined || (found.kind === "scalar" && found.value === null)) return makeMap([], place);
  throw stackError({ place: found.place, found: "it must be a mapping (key: value)" });
}

/** Of a file that is a template and may be no YAML before it is rendered: then it has none. */
async function localsBefore(input: TextInput): Promise<{ readonly locals?: Context }> {
  try {
    const locals = await fileLocals(rootOf(input), input);
    return locals === undefined ? {} : { locals: locals.global };
  } catch (error) {
    if (error instanceof AppError) return {};
    throw error;
  }
}
