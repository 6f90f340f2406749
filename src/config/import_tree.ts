import { AppError } from "../errors.ts";
import { revealFetched } from "../hidden_texts.ts";
import { type ConfigReader, type RequestedFile, requireMap } from "./config_reader.ts";
import { findRemote, importFiles } from "./import_files.ts";
import { dirname } from "../store/paths.ts";
import { withoutSource } from "./files/source_file.ts";
import type { Fetched, FilePosition, Located, LocatedMap, LocatedScalar, Problem } from "./values/located.ts";
import { isPrivate, showCall } from "./values/fetched.ts";
import { isBeyondTree, isBeyondTreeOf, isPersonalInTree, targetBeyond } from "./files/tree.ts";
import { isTrustedPlace, type LocationHost } from "./trust/trusted_places.ts";
import type { SkippedImport } from "./values/skipped_import.ts";
import { choosingPowers } from "./schema/choices.ts";
import type { Power } from "./schema/powers.ts";
import { lookUp } from "./values/look_up.ts";
import { makeMap, markFetched, mergeMaps } from "./values/make_located.ts";
import { normalizeSectionCase } from "./checks/keys.ts";

/** Files in one configuration, counted as often as they are imported. */
const MOST_LAYERS = 5_000;
const MOST_NESTED = 50;

/** One file's own data, without its `import:` list. */
export interface Layer {
  readonly path: string;
  readonly root: LocatedMap;
}

/** Is told of what cannot be read; the rest is read all the same. What needs trust stops the reading in any case. */
type OnBroken = (error: AppError) => void;

interface TreeInput {
  readonly reader: ConfigReader;
  /** Absent: the first thing that cannot be read is thrown. */
  readonly broken?: OnBroken | undefined;
}

interface Branch extends RequestedFile {
  /** The file whose tree it is to lie in. */
  readonly from: string;
  /** The files that import one another down to this one, itself at the end. */
  readonly chain: readonly string[];
}

/** What leads to a file. */
interface Lead {
  readonly files: readonly string[];
  /** Of an `import:` list. */
  readonly item?: Located;
}

/** Reads files with all that they import, each file's imports before the file itself. */
export class ImportTree {
  readonly #host: LocationHost;
  readonly #reader: ConfigReader;
  readonly #broken: OnBroken | undefined;
  readonly #choices: Power[] = [];
  readonly #skipped = new Map<string, SkippedImport>();
  #layers = 0;

  constructor(host: LocationHost, { reader, broken }: TreeInput) {
    this.#host = host;
    this.#reader = reader;
    this.#broken = broken;
  }

  /** The imports that something beyond the tree decides. */
  get choices(): readonly Power[] {
    return this.#choices;
  }

  /** The remote imports that were met, each once. */
  get skippedImports(): readonly SkippedImport[] {
    return [...this.#skipped.values()];
  }

  /**
   * Returns the layers of a file that another one, or its place beside that, leads to. AppError "config-invalid" for an
   * import that fails, that leads in a circle, or without end.
   */
  async load(path: string, from: string): Promise<readonly Layer[]> {
    const fetched = this.#foreign(path, { files: [from] });
    return await this.#unlessBroken(() => this.#branch({ path, from, chain: [path], fetched }));
  }

  async #branch(branch: Branch): Promise<readonly Layer[]> {
    const { fetched } = branch;
    const read = await withoutQuotes(fetched, async () => requireMap(branch.path, await this.#reader.read(branch)));
    // What a file from beyond the tree imports is as foreign as the file.
    this.#addChoices(choosingPowers(["import"], lookUp(read, "import")?.value));
    if (read.fetched?.isBeyond === true) this.#addChoices(choosingPowers(["<<"], read));
    const root = fetched === undefined ? read : markFetched(read, fetched) as LocatedMap;
    const layers: Layer[] = [];
    for (const item of importItems(root)) layers.push(...await this.#unlessBroken(() => this.#item(item, branch)));
    return [...layers, { path: branch.path, root: withoutImports(root) }];
  }

  #addChoices(powers: readonly Power[]): void {
    for (const power of powers) this.#choices.push(power);
  }

  async #item(item: Located, branch: Branch): Promise<readonly Layer[]> {
    const layers: Layer[] = [];
    const remote = findRemote(this.#host, item);
    if (remote !== undefined) {
      this.#skipped.set(JSON.stringify(remote.place), remote);
      return [];
    }
    const paths = importFiles(this.#host, item);
    if (item.kind === "scalar" && paths.length > 0) revealFetched(item.text);
    for (const path of paths) {
      const chain = [...branch.chain, path];
      this.#refuseEndless(branch, { item, path });
      const { from } = branch;
      const inherited = branch.fetched && { ...branch.fetched, ...targetBeyond(this.#host, { path }) };
      const fetched = inherited ?? this.#foreign(path, { files: [from, ...branch.chain, item.place.file], item });
      const imported = () => importedBy(item.place, () => this.#branch({ path, from, chain, fetched }));
      layers.push(...await this.#unlessBroken(imported));
    }
    return layers;
  }

  /**
   * Returns how a file that others lead to was fetched, one from beyond the working tree of any of them as foreign as
   * what it includes from there: trust in another tree's files is no trust in who borrows them. A file of the user's own
   * may lead anywhere.
   */
  #foreign(path: string, { files, item }: Lead): Fetched | undefined {
    const isOwn = (one: string) => isTrustedPlace(this.#host, one);
    // Where a file is a link to another tree, it is in the tree of neither alone.
    const isPlacedBeyond = (directory: string) => !isOwn(directory) && isBeyondTreeOf(this.#host, { directory, path });
    const isForeign = (file: string) =>
      !isOwn(file) && (isBeyondTree(this.#host, { file, path }) || isPlacedBeyond(dirname(file)));
    if (![...new Set(files)].some(isForeign)) return undefined;
    // A file of the user's own needs no trust by itself, but who leads there does.
    const place = item?.place ?? { file: isOwn(path) ? files[0]! : path, line: 1, column: 1 };
    const [call, said] = item?.kind === "scalar"
      ? [importCall(item), item.text]
      : [`configuration from ${path} for ${files[0]}`, path];
    const isPersonal = files.some((file) => isPersonalInTree(this.#host, { file, path }));
    const target = targetBeyond(this.#host, { path, said });
    return { call, place, isBeyond: true, ...target, ...(isPersonal ? { isByValue: true } : {}) };
  }

  async #unlessBroken(read: () => Promise<readonly Layer[]>): Promise<readonly Layer[]> {
    try {
      return await read();
    } catch (error) {
      if (this.#broken === undefined || !(error instanceof AppError) || error.code === "untrusted") throw error;
      this.#broken(error);
      return [];
    }
  }

  #refuseEndless({ chain }: Branch, { item, path }: { item: Located; path: string }): void {
    const circle = chain.includes(path) ? [...chain.slice(chain.indexOf(path)), path] : [];
    const found = circle.length > 0
      ? `circular import: ${circle.join(" -> ")}`
      : chain.length >= MOST_NESTED || ++this.#layers > MOST_LAYERS
      ? "the imports never end"
      : undefined;
    if (found === undefined) return;
    const message = `Cannot import "${path}" into "${item.place.file}": ${found}`;
    throw new AppError("config-invalid", message, { place: item.place });
  }
}

/** Returns what cannot be read as a problem like others. */
export function toProblem({ message, hint, place }: AppError): Problem {
  const { file = "atmos.yaml", line = 1, column = 1 } = place ?? {};
  // What is wrong with files has remedies of plain text.
  const help = typeof hint === "string" ? `. ${hint.replaceAll("\n", "; ")}` : "";
  return { severity: "error", place: { file, line, column }, path: "", message: `${message}${help}` };
}

/** Returns what the layers say together, each over those before it. */
export function mergeLayers(layers: readonly Layer[]): LocatedMap {
  const nothing = makeMap([], { file: "atmos.yaml", line: 1, column: 1 });
  return layers.reduce((under, { root }) => mergeMaps(under, normalizeSectionCase(root)), nothing);
}

function importCall({ text, fetched }: LocatedScalar): string {
  return `import: ${isPrivate(fetched) ? showCall(fetched) : text}`;
}

function importItems(root: LocatedMap): readonly Located[] {
  const list = lookUp(root, "import")?.value;
  if (list === undefined || (list.kind === "scalar" && list.value === null)) return [];
  return list.kind === "list" ? list.items : [list];
}

function withoutImports(root: LocatedMap): LocatedMap {
  return { ...root, entries: new Map([...root.entries].filter(([name]) => name.toLowerCase() !== "import")) };
}

/** Does it; what goes wrong with a file from beyond the tree is told without what it may quote of the file. */
async function withoutQuotes<T>(fetched: Fetched | undefined, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw fetched !== undefined && error instanceof AppError ? withoutSource(error) : error;
  }
}

/** What is wrong with an imported file is told at its own place, and who imported it. */
async function importedBy<T>({ file, line, column }: FilePosition, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw error.with({
      code: error.code === "config-not-found" ? "config-invalid" : error.code,
      message: `${error.message} (imported by ${file}:${line}:${column})`,
      place: error.place ?? { file, line, column },
      cause: error,
    });
  }
}
