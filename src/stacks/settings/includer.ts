import { basePathFor } from "../../config/base_path.ts";
import { IncludeLimit } from "../../config/functions/include_limit.ts";
import { includeValue } from "../../config/functions/include.ts";
import { locateValues } from "../../config/functions/locate_values.ts";
import { functionCalls } from "../../config/functions/yaml_functions.ts";
import { parseSource, readConfigBytes, refuseYamlErrors, type SourceFile } from "../../config/files/source_file.ts";
import type { Fetched, FilePosition, FunctionText, Located } from "../../config/values/located.ts";
import { makeNull, markFetched } from "../../config/values/make_located.ts";
import { isTemplate } from "../../formats/go_template/render_template.ts";
import type { YamlNode } from "../../formats/yaml/node.ts";
import type { LocationHost } from "../../config/trust/trusted_places.ts";
import { mapScalarsLater } from "./plain_data.ts";
import type { StackSettings } from "./stack_settings.ts";
import { AppError } from "../../errors.ts";
import { stackError, untoldError } from "./stack_error.ts";

/** Whether a function puts a file where it stands, which is done when the manifest is read. */
export function isInclude(tag: string): boolean {
  return tag === "!include" || tag === "!include.raw";
}

interface LocateInput {
  /** The files that include one another down to this one, itself at the end. */
  readonly chain?: readonly string[];
  /** What some nodes are known to be. */
  readonly values?: ReadonlyMap<YamlNode, Located>;
}

type IncludeSettings = Pick<StackSettings, "basePath" | "templates">;

/** Puts included files where they are called for; all other functions stay calls. */
export class Includer {
  readonly #host: LocationHost;
  readonly #settings: IncludeSettings;
  readonly #limit = new IncludeLimit();

  constructor(host: LocationHost, settings: IncludeSettings) {
    this.#host = host;
    this.#settings = settings;
  }

  /**
   * A file's data with what it includes; undefined when it holds nothing. A call whose text is a template stays until
   * that is known. AppError "config-invalid" at the place of a call that fails. Permissions: read, env, sys.
   */
  async locate(
    source: SourceFile,
    { chain = [source.path], values: known = new Map() }: LocateInput = {},
  ): Promise<Located | undefined> {
    const values = new Map(known);
    for (const { node, tag } of functionCalls(source)) {
      if (values.has(node) || !isInclude(tag) || node.kind !== "scalar" || this.#isTemplate(node.text)) continue;
      const place = source.placeOf(node);
      values.set(node, await this.#include({ tag, text: node.text }, { place, chain }));
    }
    return refuseYamlErrors(source.path, () => locateValues(source, { values, keepsFunctions: true }));
  }

  /** What one call gives. The same errors. */
  async include(call: FunctionText, place: FilePosition): Promise<Located> {
    return await this.#include(call, { place, chain: [place.file] });
  }

  /** The same data with the files of calls whose text is known only now. The same errors. */
  async later<T extends Located>(located: T): Promise<T> {
    return await mapScalarsLater(located, async (scalar) => {
      const { call, place, fetched } = scalar;
      if (call === undefined || !isInclude(call.tag) || this.#isTemplate(call.text)) return scalar;
      const found = await this.include(call, place);
      // What the call itself is made of counts like what it gives.
      return fetched === undefined ? found : markFetched(found, fetched);
    }) as T;
  }

  #isTemplate(text: string): boolean {
    return isTemplate(text) || isTemplate(text, this.#settings.templates.delimiters);
  }

  async #include(
    { tag, text }: FunctionText,
    { place, chain }: { readonly place: FilePosition; readonly chain: readonly string[] },
  ): Promise<Located> {
    const readBytes = (path: string) => readConfigBytes(this.#host, path);
    const readYaml = async (path: string, { isBeyond }: Pick<Fetched, "isBeyond">) => {
      const longer = this.#limit.follow(chain, path);
      const bytes = readBytes(path);
      try {
        const found = await this.locate(parseSource(path, bytes), { chain: longer });
        return this.#limit.count(found ?? makeNull({ file: path, line: 1, column: 1 }));
      } catch (error) {
        throw isBeyond && error instanceof AppError ? untoldError(error, { path }) : error;
      }
    };
    const isRaw = tag === "!include.raw";
    try {
      return await includeValue(this.#host, {
        text,
        place,
        readYaml,
        readBytes,
        basePath: (file) => basePathFor(this.#host, { file, basePath: this.#settings.basePath }),
        isRaw,
      });
    } catch (error) {
      if (error instanceof RangeError) throw stackError({ place, found: `${tag}: ${error.message}` });
      throw error;
    }
  }
}
