import { showCall } from "../../config/values/fetched.ts";
import { AppError } from "../../errors.ts";
import type { SkippedImport } from "../../config/values/skipped_import.ts";
import type { Fetched, LocatedMap } from "../../config/values/located.ts";
import { choosingPowers } from "../../config/schema/choices.ts";
import type { Power } from "../../config/schema/powers.ts";
import { makeMap, makeText, markFetched } from "../../config/values/make_located.ts";
import type { Needs } from "../../host/host.ts";
import { type Context, contextData, type ImportItem } from "./import_items.ts";
import { importedFiles } from "./imported_files.ts";
import { type Layer, type Overrides, overridesFor, type Stack } from "./layers.ts";
import { manifestName } from "./manifest_files.ts";
import type { Manifest, ManifestReader } from "./manifest_reader.ts";
import { mergeSections } from "../settings/merge_sections.ts";
import { plainData } from "../settings/plain_data.ts";
import { joinWatched } from "../settings/reach.ts";
import { stackError, untoldError } from "../settings/stack_error.ts";
import { checkKinds, type ComponentKind, sectionKinds } from "../settings/kinds.ts";
import type { ListStrategy } from "../settings/setting_values.ts";
import type { StackSettings } from "../settings/stack_settings.ts";

/** Layers of one stack; more means that imports multiply. */
const MOST_LAYERS = 20_000;

interface LoadInput {
  readonly settings: StackSettings;
  readonly reader: ManifestReader;
  readonly path: string;
}

interface LoadedStack {
  /** As far as it can be read. */
  readonly stack: Stack;
  /** Why it cannot be used: the first error of an import. */
  readonly broken: AppError | undefined;
}

/**
 * A manifest with all that it imports. AppError "config-invalid" when the manifest itself cannot be read; for imports that
 * cannot, that go in a circle or are not there, it is returned with the rest. Permission: read.
 */
export async function loadStack(host: Needs<"read">, { settings, reader, path }: LoadInput): Promise<LoadedStack> {
  const loader = new Loader(host, { settings, reader });
  const broken = await loader.loadAll(path);
  const { layers, skipped, choices } = loader;
  return { stack: { path, file: manifestName(settings, path), layers, skipped, choices, sections: new Map() }, broken };
}

const NONE: Overrides = { kinds: new Map(), others: undefined };

interface Visit {
  readonly path: string;
  readonly context: LocatedMap | undefined;
  readonly skipsTemplates: boolean;
  readonly isLenient: boolean;
  /** The files that import one another down to this one. */
  readonly chain: readonly string[];
  /** Overrides that were imported before: the file's own are laid over them. */
  readonly before: Overrides;
  /** Those of the files that import this one, which win. */
  readonly outer: Overrides;
  /** How the path of an import on the way down was fetched from beyond the tree. */
  readonly reached: Fetched | undefined;
}

class Loader {
  readonly layers: Layer[] = [];
  readonly skipped: SkippedImport[] = [];
  readonly choices: Power[] = [];
  #broken: AppError | undefined;
  /** Whether imports have no end: then the rest is not read. */
  #isEndless = false;
  readonly #host: Needs<"read">;
  readonly #settings: StackSettings;
  readonly #reader: ManifestReader;

  constructor(host: Needs<"read">, { settings, reader }: Omit<LoadInput, "path">) {
    this.#host = host;
    this.#settings = settings;
    this.#reader = reader;
  }

  /** Returns the first error of an import. AppErrors for the manifest itself. */
  async loadAll(path: string): Promise<AppError | undefined> {
    const start = {
      path,
      context: undefined,
      skipsTemplates: false,
      isLenient: false,
      chain: [],
      before: NONE,
      outer: NONE,
      reached: undefined,
    };
    const manifest = await this.#reader.read(start);
    try {
      await this.load(start);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#broken ??= error;
      this.layers.push({ manifest: this.#marked(manifest, start), overrides: NONE });
    }
    return this.#broken;
  }

  /** Returns the overrides for what is imported after it: those of files without any component. */
  async load(visit: Visit): Promise<Overrides> {
    const start = this.layers.length;
    const read = await this.#reader.read(visit);
    const manifest = this.#marked(read, visit);
    for (const choice of read.choices) this.choices.push(choice);
    checkKinds(manifest.root);
    const own = listOwnOverrides(manifest.root, this.#settings.lists);
    const imported = await this.#imports(manifest, { ...visit, outer: this.#joined(own, visit.outer) });
    const overrides = [visit.before, imported, own, visit.outer].reduce((under, over) => this.#joined(under, over));
    this.layers.push({ manifest, overrides });
    if (this.layers.length > MOST_LAYERS) {
      this.#isEndless = true;
      throw stackError({ place: manifest.root.place, found: `it imports more than ${MOST_LAYERS} files` });
    }
    return hasComponents(this.layers.slice(start)) ? NONE : this.#joined(imported, own);
  }

  /** What lies beyond the tree is as foreign as what is included from there. */
  #marked(manifest: Manifest, { reached }: Visit): Manifest {
    const { path, root } = manifest;
    const place = { file: path, line: 1, column: 1 };
    const fetched = this.#settings.isBeyond(path) ? { call: `import: ${path}`, place, isBeyond: true } : reached;
    if (fetched?.isBeyond !== true) return manifest;
    if (fetched !== reached) this.choices.push(...choosingPowers(["import"], { ...makeText(path, place), fetched }));
    // A context decides what an imported file says.
    return { ...manifest, root: markFetched(root, { ...fetched, isByValue: true }) as LocatedMap };
  }

  async #imports(manifest: Manifest, visit: Visit): Promise<Overrides> {
    let imported = NONE;
    for (const item of manifest.imports) {
      try {
        imported = await this.#item(item, { manifest, visit, imported });
      } catch (error) {
        if (!(error instanceof AppError) || this.#isEndless) throw error;
        const { path } = manifest;
        const isForeign = visit.reached?.isBeyond === true || this.#settings.isBeyond(path);
        this.#broken ??= isForeign ? untoldError(error, { path }) : error;
      }
    }
    return imported;
  }

  /** The contexts of the files on the way down add up; the innermost wins. */
  #contextOf(item: ImportItem, { context }: Visit): LocatedMap | undefined {
    return joinedMaps(context, { over: item.context, lists: this.#settings.lists });
  }

  async #item(
    item: ImportItem,
    { manifest, visit, imported: before }: {
      readonly manifest: Manifest;
      readonly visit: Visit;
      readonly imported: Overrides;
    },
  ): Promise<Overrides> {
    const context = this.#contextOf(item, visit);
    const data = () => this.#known(manifest, context);
    const input = { item, manifest: manifest.path, settings: this.#settings, data };
    const { files, text, reached, isSkipped } = await importedFiles(this.#host, input);
    this.choices.push(
      ...choosingPowers(["import"], { ...makeText(text, item.place), ...(reached && { fetched: reached }) }),
    );
    if (isSkipped) this.skipped.push(skippedItem(item));
    let imported = before;
    for (const path of files) {
      const chain = [...visit.chain, manifest.path];
      if (chain.includes(path)) throw this.#circular(item, [...chain.slice(chain.indexOf(path)), path]);
      const known = this.#joined(visit.before, imported);
      const next = inner({ visit, item, context, path, before: known, chain, reached });
      imported = this.#joined(imported, await this.load(next));
    }
    return imported;
  }

  #circular({ place }: ImportItem, circle: readonly string[]): AppError {
    this.#isEndless = true;
    return stackError({ place, found: `circular import: ${circle.join(" -> ")}` });
  }

  /** What the paths of imports may be made of. */
  #known({ root, locals }: Manifest, context: LocatedMap | undefined): Context {
    const roots = [...this.layers.map(({ manifest }) => manifest.root), root];
    const sections = ["vars", "settings", "env"].map((name) => [name, plainData(this.#section(roots, name))] as const);
    return joinWatched(contextData(context), { locals, ...Object.fromEntries(sections) });
  }

  #section(roots: readonly LocatedMap[], name: string): LocatedMap {
    const maps = roots.map((root) => root.entries.get(name)?.value).filter((value) => value?.kind === "map");
    const { lists } = this.#settings;
    return maps.reduce((under, over) => mergeSections(under, { over, lists }), makeMap([], roots[0]!.place));
  }

  #joined(under: Overrides, over: Overrides): Overrides {
    const { lists } = this.#settings;
    const joined = (kind: ComponentKind) =>
      joinedMaps(overridesFor(under, kind), { over: overridesFor(over, kind), lists });
    const kinds = [...under.kinds.keys(), ...over.kinds.keys()].map((kind) => [kind, joined(kind)] as const);
    return { kinds: new Map(kinds), others: joinedMaps(under.others, { over: over.others, lists }) };
  }
}

function hasComponents(layers: readonly Layer[]): boolean {
  return layers.some(({ manifest }) => manifest.root.entries.has("components"));
}

function skippedItem({ path, fetched, place }: ImportItem): SkippedImport {
  return { address: fetched === undefined ? path : showCall(fetched), place };
}

interface Inner {
  readonly visit: Visit;
  readonly item: ImportItem;
  readonly context: LocatedMap | undefined;
  readonly path: string;
  readonly before: Overrides;
  readonly chain: readonly string[];
  readonly reached: Fetched | undefined;
}

function inner({ visit, item, context, path, before, chain, reached }: Inner): Visit {
  const { skipsTemplates, isLenient } = item;
  return {
    ...{ path, context, skipsTemplates, isLenient, chain, before },
    outer: visit.outer,
    reached: visit.reached ?? reached,
  };
}

function joinedMaps(
  under: LocatedMap | undefined,
  { over, lists }: { readonly over: LocatedMap | undefined; readonly lists: ListStrategy },
): LocatedMap | undefined {
  return under === undefined || over === undefined ? over ?? under : mergeSections(under, { over, lists });
}

/** `overrides`, and on top of it `terraform.overrides` and the like. */
function listOwnOverrides(root: LocatedMap, lists: ListStrategy): Overrides {
  const others = mapIn(root, "overrides");
  const kinds = sectionKinds(root).flatMap((kind) => {
    const section = mapIn(root, kind);
    const over = section === undefined ? undefined : mapIn(section, "overrides");
    return over === undefined ? [] : [[kind, joinedMaps(others, { over, lists })] as const];
  });
  return { kinds: new Map(kinds), others };
}

function mapIn(map: LocatedMap, name: string): LocatedMap | undefined {
  const value = map.entries.get(name)?.value;
  if (value === undefined || value.kind === "map" || (value.kind === "scalar" && value.value === null)) {
    return value?.kind === "map" ? value : undefined;
  }
  throw stackError({ place: value.place, found: `${name} must be a mapping` });
}
