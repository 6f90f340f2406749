import { showTag } from "./values/yaml_tag.ts";
import { TRUST } from "../remedy.ts";
import { AppError } from "../errors.ts";
import { listTexts, type YamlNode } from "../formats/yaml/node.ts";
import { basePathFor } from "./base_path.ts";
import {
  type Answer,
  asPrinted,
  type Call,
  type FunctionCall,
  functionCalls,
  type FunctionHost,
  YAML_FUNCTIONS,
} from "./functions/yaml_functions.ts";
import { isPrivate, showCall } from "./values/fetched.ts";
import type { Fetched, FilePosition, Located, Problem } from "./values/located.ts";
import { IncludeLimit } from "./functions/include_limit.ts";
import { locateValues } from "./functions/locate_values.ts";
import { makeNull, makeText } from "./values/make_located.ts";
import { readConfigBytes, readSource, refuseYamlErrors, type SourceFile } from "./files/source_file.ts";
import type { Power } from "./schema/powers.ts";
import { startDirectory } from "./trust/start_directory.ts";
import { isTrustedPlace } from "./trust/trusted_places.ts";
import { recordSaid } from "../hidden_texts.ts";
import { Secret } from "../secret.ts";

export interface RequestedFile {
  readonly path: string;
  /** What brings the file, where it is no part of the configuration itself. */
  readonly fetched?: Fetched | undefined;
}

interface Reading extends RequestedFile {
  /** The files that include one another down to this one, itself at the end. */
  readonly chain: readonly string[];
}

interface Evaluation {
  readonly source: SourceFile;
  readonly reading: Reading;
}

/** What several readings of one configuration share. */
export interface Commands {
  /** Whether the command of an `!exec` may run now. */
  readonly mayRun: (power: Power) => Promise<boolean>;
  /** What commands have printed, by where they stand: each runs once. */
  readonly printed: Map<string, Promise<Answer>>;
}

interface ReaderInput {
  readonly commands: Commands;
  /** Where the paths of the configuration start, as far as that is known. */
  readonly basePath: () => string;
}

/** Reads each configuration file once, calls its YAML functions, and remembers what is wrong with them. */
export class ConfigReader {
  readonly problems: Problem[] = [];
  readonly #host: FunctionHost;
  readonly #commands: Commands;
  readonly #basePath: () => string;
  readonly #read = new Map<string, Promise<Located | undefined>>();
  readonly #limit = new IncludeLimit();

  constructor(host: FunctionHost, { commands, basePath }: ReaderInput) {
    this.#host = host;
    this.#commands = commands;
    this.#basePath = basePath;
  }

  /** The file's data; undefined when it holds nothing. AppErrors as readSource. */
  read(wanted: RequestedFile): Promise<Located | undefined> {
    return this.#once({ ...wanted, chain: [wanted.path] });
  }

  #once(reading: Reading): Promise<Located | undefined> {
    const key = JSON.stringify([reading.path, isPrivate(reading.fetched) ? reading.fetched.call : undefined]);
    const found = this.#read.get(key) ?? this.#file(reading);
    this.#read.set(key, found);
    return found;
  }

  async #file(reading: Reading): Promise<Located | undefined> {
    const source = readSource(this.#host, reading.path);
    if (!isPrivate(reading.fetched)) recordSaid(() => [source.path, ...listTexts(source.yaml.root)]);
    const values = await this.#evaluate(functionCalls(source), { source, reading });
    return refuseYamlErrors(source.path, () => locateValues(source, { values }));
  }

  async #evaluate(calls: readonly FunctionCall[], evaluation: Evaluation): Promise<Map<YamlNode, Located>> {
    const values = new Map<YamlNode, Located>();
    for (const call of calls) values.set(call.node, await this.#value(call, evaluation));
    return values;
  }

  async #value(call: FunctionCall, evaluation: Evaluation): Promise<Located> {
    const place = evaluation.source.placeOf(call.node);
    const { fetched } = evaluation.reading;
    const note = (severity: Problem["severity"], said: Pick<Problem, "message" | "remedy">) => {
      const what = isPrivate(fetched)
        ? { path: "", message: `a function in the file of ${showCall(fetched)} returns no value` }
        : { path: call.path, ...said };
      this.problems.push({ severity, place, ...what });
    };
    try {
      const { value, warning } = await this.#answer(call, evaluation);
      if (warning !== undefined) note("warning", warning);
      return value;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      note("error", { message: `${showTag(call.tag) ?? "the YAML tag"}: ${error.message}` });
      return makeNull(place);
    }
  }

  async #answer(call: FunctionCall, { source, reading }: Evaluation): Promise<Answer> {
    const { tag, node } = call;
    const known = YAML_FUNCTIONS.get(tag);
    if (known === undefined) {
      const quotes = showTag(tag) === undefined ? "; put a value that begins with ! in quotes" : "";
      throw new RangeError(`there is no such function; there are ${[...YAML_FUNCTIONS.keys()].join(", ")}${quotes}`);
    }
    if (node.kind !== "scalar") throw new RangeError("it takes text after it, not a list or a mapping");
    const readYaml = (path: string, fetched: Fetched) => this.#include(path, { from: reading, fetched });
    const readBytes = (path: string) => readConfigBytes(this.#host, path);
    const basePath = (file: string) => basePathFor(this.#host, { file, basePath: this.#basePath() });
    const input = { text: node.text, place: source.placeOf(node), readYaml, readBytes, basePath };
    return tag === "!exec" ? await this.#run(call, { input, reading }) : await known(this.#host, input);
  }

  /** Once, however often the configuration is read; nothing where it may not run. */
  async #run(call: FunctionCall, { input, reading }: { input: Call; reading: Reading }): Promise<Answer> {
    const { text, place } = input;
    if (!await this.#commands.mayRun(withLead(this.#host, commandPower(call, place), reading.fetched))) {
      const value = asPrinted(input, makeText("", place));
      return { value, warning: { message: "!exec does not run until you trust it", remedy: TRUST } };
    }
    const key = JSON.stringify([place, text]);
    const answer = this.#commands.printed.get(key) ??
      Promise.resolve(
        YAML_FUNCTIONS.get("!exec")!(this.#host, { ...input, cwd: startDirectory(this.#host, place.file) }),
      );
    this.#commands.printed.set(key, answer);
    return await answer;
  }

  async #include(path: string, { from, fetched }: { from: Reading; fetched: Fetched }): Promise<Located> {
    const chain = this.#limit.follow(from.chain, path);
    const found = await this.#once({ path, chain, fetched: from.fetched?.isBeyond ? from.fetched : fetched });
    return this.#limit.count(found ?? makeNull({ file: path, line: 1, column: 1 }));
  }
}

/** A file of the user's own may be read because another one leads to it: that one is trusted with what it starts. */
function withLead(host: FunctionHost, power: Power, fetched: Fetched | undefined): Power {
  if (fetched?.isBeyond !== true) return power;
  const { call, place: { file } } = fetched;
  // What stands in a file from beyond the tree is not shown for the asking.
  const told = { ...power, shown: `!exec in the file of ${showCall(fetched)}` };
  if (!isTrustedPlace(host, power.place.file)) return told;
  return {
    ...told,
    source: () => ({ text: new Secret(JSON.stringify([call, file]), { isShown: true }), files: [file] }),
  };
}

function commandPower({ path, node: { text } }: FunctionCall, place: FilePosition): Power {
  const shown = `!exec ${text.trimEnd()}`;
  const content = new Secret(JSON.stringify([shown]));
  return { path, place, content, shown, reason: "runs a command", runs: text };
}

/** The file's mapping; an empty one for a file that holds nothing. AppError "config-invalid" for anything else. */
export function requireMap(path: string, found: Located | undefined): Extract<Located, { kind: "map" }> {
  const place = { file: path, line: 1, column: 1 };
  if (found === undefined || (found.kind === "scalar" && found.value === null)) {
    return { kind: "map", place, entries: new Map() };
  }
  if (found.kind === "map") return found;
  const what = found.kind === "list" ? "a list" : "a single value";
  const message = `Cannot read configuration "${path}": it must be a mapping (key: value), found ${what}`;
  throw new AppError("config-invalid", message, { place: found.place });
}
