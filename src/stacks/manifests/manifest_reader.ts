import { readConfigBytes, refuseYamlErrors } from "../../config/files/source_file.ts";
import type { Power } from "../../config/schema/powers.ts";
import type { Fetched, LocatedMap } from "../../config/values/located.ts";
import { markFetched } from "../../config/values/make_located.ts";
import { AppError } from "../../errors.ts";
import type { FunctionTable } from "../../formats/go_template/functions/arguments.ts";
import { decodeUtf8 } from "../../formats/text/utf8.ts";
import type { FunctionHost } from "../../config/functions/yaml_functions.ts";
import { callEarly } from "../settings/call_function.ts";
import { Includer } from "../settings/includer.ts";
import type { KnownLocals } from "./locals.ts";
import { mapScalarsLater } from "../settings/plain_data.ts";
import { joinWatched, watchBrowser } from "../settings/reach.ts";
import { callTexts, withCall } from "../settings/render_value.ts";
import { textError, untoldError } from "../settings/stack_error.ts";
import type { StackSettings } from "../settings/stack_settings.ts";
import { flatLocals } from "./file_locals.ts";
import { type Context, contextData, type ImportItem, importItems } from "./import_items.ts";
import { manifestChoices } from "./manifest_choices.ts";
import { manifestRoot } from "./manifest_root.ts";
import { renderManifest, renderWholeFile } from "./render_manifest.ts";
import { fileContext, withLocals } from "./with_locals.ts";

/** One manifest file as its own text says, without what it imports. */
export interface Manifest {
  readonly path: string;
  readonly root: LocatedMap;
  readonly imports: readonly ImportItem[];
  /** The locals of the file, resolved. */
  readonly locals: Context;
  /** What in it decides by something beyond the tree which stacks and components there are. */
  readonly choices: readonly Power[];
}

interface ReadInput {
  readonly path: string;
  /** undefined: the file is no template, unless its name ends in `.tmpl`. */
  readonly context: LocatedMap | undefined;
  readonly skipsTemplates: boolean;
  readonly isLenient: boolean;
}

/** Reads each manifest once for each context it is imported with. Permissions: read, env. */
export class ManifestReader {
  readonly #host: FunctionHost;
  readonly #includer: Includer;
  readonly #isBeyond: StackSettings["isBeyond"];
  readonly #functions: FunctionTable;
  readonly #templates: StackSettings["templates"];
  readonly #read = new Map<string, Promise<Manifest>>();

  constructor(
    host: FunctionHost,
    { functions, templates, basePath, isBeyond }: Pick<
      StackSettings,
      "functions" | "templates" | "basePath" | "isBeyond"
    >,
  ) {
    this.#host = host;
    this.#isBeyond = isBeyond;
    this.#includer = new Includer(host, { basePath, templates });
    this.#functions = functions;
    this.#templates = templates;
  }

  /** AppErrors as readSource, and "config-invalid" for what templates or locals refuse. */
  read(input: ReadInput): Promise<Manifest> {
    const key = makeKey(input);
    const found = this.#read.get(key) ?? this.#file(input);
    this.#read.set(key, found);
    return found;
  }

  async #file(input: ReadInput): Promise<Manifest> {
    const bytes = readConfigBytes(this.#host, input.path);
    try {
      return await this.#parse(input, bytes);
    } catch (error) {
      throw error instanceof AppError && this.#isBeyond(input.path) ? untoldError(error, { path: input.path }) : error;
    }
  }

  async #parse({ path, context, skipsTemplates, isLenient }: ReadInput, bytes: Uint8Array): Promise<Manifest> {
    if (skipsTemplates) return makeManifest(path, await manifestRoot(this.#includer, path, bytes));
    if (context === undefined && !path.endsWith(".tmpl")) {
      return await this.#withLocals(path, await manifestRoot(this.#includer, path, bytes));
    }
    const text = { path, bytes, text: refuseYamlErrors(path, () => decodeUtf8(bytes)) };
    return await this.#template(text, { context, isLenient: isLenient || this.#templates.lenient });
  }

  async #withLocals(path: string, root: LocatedMap): Promise<Manifest> {
    const known = this.#known(root, {});
    const file = await fileContext(root, known);
    if (file === undefined) return makeManifest(path, root);
    const whole = await this.#includer.later(await withLocals(root, { ...known, file }));
    return { ...makeManifest(path, whole), locals: file.locals.global };
  }

  /** A file that is a template as a whole; without a context it may ask for what is known when components are. */
  async #template(file: FileText, { context, isLenient }: Pick<ReadInput, "context" | "isLenient">): Promise<Manifest> {
    const { path, text: source } = file;
    const data = contextData(context);
    const before = await watchBrowser(renderWholeFile(path), () => this.#before(file, data));
    const input = { source, data: joinWatched(data, before.value?.data), functions: this.#functions };
    const waits = context === undefined;
    const first = await renderManifest(this.#includer, path, { ...input, strict: waits || !isLenient });
    const reached = first.mark.fetched ?? (before.value === undefined ? before.mark.fetched : undefined);
    if (first.value !== undefined) {
      const calls = callTexts(context);
      const root = calls.size === 0
        ? first.value
        : await mapScalarsLater(first.value, (one) => Promise.resolve(withCall(one, calls)));
      return { ...makeManifest(path, markedFile(root as LocatedMap, reached)), locals: before.value?.locals ?? {} };
    }
    const raw = waits && (this.#templates.enabled || !isLenient) ? await this.#rawRoot(file) : undefined;
    if (raw !== undefined) return await this.#withLocals(path, markedFile(raw, reached));
    const second = waits && isLenient ? await renderManifest(this.#includer, path, { ...input, strict: false }) : first;
    if (second.value === undefined) throw textError(file, second.error ?? first.error!);
    return makeManifest(path, markedFile(second.value, second.mark.fetched ?? reached));
  }

  /** What a file that is a template knows of itself; undefined where it has no locals, or is no YAML before it is rendered. */
  async #before(
    file: FileText,
    data: Context,
  ): Promise<{ readonly data: Context; readonly locals: Context } | undefined> {
    try {
      const root = await manifestRoot(this.#includer, file.path, file.bytes);
      const found = await fileContext(root, this.#known(root, data));
      if (found === undefined) return undefined;
      return { data: joinWatched(found.data, { locals: flatLocals(found.locals) }), locals: found.locals.global };
    } catch (error) {
      if (error instanceof AppError) return undefined;
      throw error;
    }
  }

  #known(root: LocatedMap, data: Context): KnownLocals {
    const env = root.entries.get("env")?.value;
    const around = { includer: this.#includer, env: env?.kind === "map" ? env : undefined };
    return { data, functions: this.#functions, called: (located) => callEarly(this.#host, located, around) };
  }

  async #rawRoot({ path, bytes }: FileText): Promise<LocatedMap | undefined> {
    try {
      return await manifestRoot(this.#includer, path, bytes);
    } catch (error) {
      if (error instanceof AppError) return undefined;
      throw error;
    }
  }
}

interface FileText {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly text: string;
}

function makeKey({ path, context, skipsTemplates, isLenient }: ReadInput): string {
  // With places and marks: values that are the same may come from elsewhere.
  const located = JSON.stringify(context, (_, value: unknown) => value instanceof Map ? [...value] : value);
  return JSON.stringify([path, located, skipsTemplates, isLenient]);
}

function makeManifest(path: string, root: LocatedMap): Manifest {
  const entries = new Map([...root.entries].filter(([name]) => name !== "locals"));
  return { path, root: { ...root, entries }, imports: importItems(root), locals: {}, choices: manifestChoices(root) };
}

/** A file's text may put what it has read anywhere. */
function markedFile(root: LocatedMap, reached: Fetched | undefined): LocatedMap {
  return reached === undefined ? root : markFetched(root, reached) as LocatedMap;
}
