import { limitEffortTogether } from "../formats/go_template/values/effort.ts";
import { readConfigBytes } from "../config/files/source_file.ts";
import { showName } from "../config/values/fetched.ts";
import { choosingPowers } from "../config/schema/choices.ts";
import type { Power } from "../config/schema/powers.ts";
import { makeText } from "../config/values/make_located.ts";
import type { SkippedImport } from "../config/values/skipped_import.ts";
import { lenientUtf8 } from "../formats/text/utf8.ts";
import type { FunctionHost } from "../config/functions/yaml_functions.ts";
import { AppError } from "../errors.ts";
import { componentsAt } from "./component_path.ts";
import { type Component, type NameMark, resolveComponent } from "./components/component.ts";
import { type ComponentKey, componentKeys, isAbstract } from "./components/component_names.ts";
import type { Stack } from "./manifests/layers.ts";
import { loadStack } from "./manifests/load_stack.ts";
import { guessName, nameVariables, simpleVariables } from "./manifests/likely_manifest.ts";
import { isCovered } from "./manifests/manifest_choices.ts";
import { manifestFiles, manifestName } from "./manifests/manifest_files.ts";
import { ManifestReader } from "./manifests/manifest_reader.ts";
import { nameGivers } from "./naming_components.ts";
import { getSaidName, type StackName, stackName } from "./stack_name.ts";
import type { StackSettings } from "./settings/stack_settings.ts";

export interface NamedComponent {
  /** Where it was found, and its templates find others. */
  readonly index: StackIndex;
  readonly component: Component;
  readonly stackName: string;
  readonly stackNameMark: NameMark;
}

/** A manifest with its stack, and why that cannot be used; then the stack is as far as it could be read, if at all. */
export interface Loaded {
  readonly path: string;
  readonly stack: Stack | undefined;
  readonly broken: AppError | undefined;
}

/** All stacks of a configuration, each loaded when it is looked at. */
export class StackIndex {
  readonly settings: StackSettings;
  readonly #host: FunctionHost;
  readonly #reader: ManifestReader;
  readonly #loading = new Map<string, Promise<Loaded>>();
  readonly #loaded: Loaded[] = [];
  /** By manifest: the first that is wrong with it. */
  readonly #failures = new Map<string, AppError>();
  readonly #nameChoices: Power[] = [];
  #isAnyMeant = false;
  #files: readonly string[] | undefined;

  constructor(host: FunctionHost, settings: StackSettings) {
    limitEffortTogether();
    this.#host = host;
    this.#reader = new ManifestReader(host, settings);
    this.settings = settings;
  }

  /** What is wrong with manifests, each once: no matter to those who need others. */
  get failures(): readonly AppError[] {
    return this.failuresWithFiles.map(({ error }) => error);
  }

  /** The same, with the stacks that have it, by their files. */
  get failuresWithFiles(): readonly { readonly error: AppError; readonly files: readonly string[] }[] {
    const alike = Map.groupBy(this.#failures, ([, { message }]) => message);
    return [...alike.values()].map((failures) => ({
      error: failures[0]![1],
      files: failures.map(([path]) => manifestName(this.settings, path)),
    }));
  }

  /** The remote imports of what was loaded, each once. */
  get skippedImports(): readonly SkippedImport[] {
    const all = this.#loaded.flatMap(({ stack }) => stack?.skipped ?? []);
    const places = all.map(({ place }) => JSON.stringify(place));
    return all.filter((_, at) => places.indexOf(places[at]!) === at);
  }

  /**
   * Returns what has decided by something beyond the tree which component was found, and which files it is made of. Any
   * other stack that was looked at might have had the name, or the component where no stack was named.
   */
  choicesFor({ component: { stack: own } }: NamedComponent): readonly Power[] {
    const mattering = this.#loaded.flatMap(({ stack }) => stack ?? [])
      .filter((stack) => stack === own || this.#isAnyMeant || !this.#isNameWritten(stack));
    return [...mattering.flatMap(({ choices }) => choices), ...this.#nameChoices];
  }

  /** Notes that a component is looked for in all stacks. */
  meanAny(): void {
    this.#isAnyMeant = true;
  }

  #isNameWritten(stack: Stack): boolean {
    const said = getSaidName(stack);
    return said === undefined ? nameVariables(this.settings) === undefined : said.fetched === undefined;
  }

  /** The stacks that cannot be used, of those that were looked at. */
  get unusable(): readonly Loaded[] {
    return this.#loaded.filter(({ broken }) => broken !== undefined);
  }

  /** All of them that can be used. Permissions: read, env. */
  async stacks(): Promise<readonly Stack[]> {
    return await this.#load(this.#manifests());
  }

  /** Those that may have that name, as far as a glance at their files tells. Permissions: read, env. */
  async likelyStacks(wanted: string): Promise<readonly Stack[]> {
    return await this.#load(this.#manifests().filter((path) => this.guess(path, wanted) !== "no"));
  }

  /** Whether the stack of a manifest has that name, as far as a glance tells. Permission: read. */
  guess(path: string, wanted: string): ReturnType<typeof guessName> {
    const file = manifestName(this.settings, path);
    try {
      const text = lenientUtf8(readConfigBytes(this.#host, path));
      return guessName(text, { file, wanted, variables: nameVariables(this.settings) });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return file === wanted ? "yes" : "maybe";
    }
  }

  /** The components whose code a path leads to. Permission: read. */
  componentsAt(path: string): readonly ComponentKey[] {
    return componentsAt(this.#host, { path, settings: this.settings });
  }

  #manifests(): readonly string[] {
    this.#files ??= manifestFiles(this.#host, this.settings);
    return this.#files;
  }

  async #load(paths: readonly string[]): Promise<readonly Stack[]> {
    const stacks: Stack[] = [];
    for (const path of paths) {
      const loading = this.#loading.get(path) ?? this.#read(path);
      this.#loading.set(path, loading);
      const { stack, broken } = await loading;
      if (stack !== undefined && broken === undefined) stacks.push(stack);
    }
    return stacks;
  }

  async #read(path: string): Promise<Loaded> {
    const input = { settings: this.settings, reader: this.#reader, path };
    const found = await this.#guarded(path, () => loadStack(this.#host, input));
    if (found?.broken !== undefined) this.#note(path, found.broken);
    const loaded = { path, stack: found?.stack, broken: this.#failures.get(path) };
    this.#loaded.push(loaded);
    return loaded;
  }

  /** A component of a stack with the stack's name; undefined when something is wrong with it. */
  async named(stack: Stack, key: ComponentKey): Promise<NamedComponent | undefined> {
    return await this.#guarded(stack.path, async () => {
      const component = resolveComponent(stack, { key, settings: this.settings });
      const { text, ...stackNameMark } = await stackName(component, this.settings);
      for (const name of [{ text, ...stackNameMark }, { text: component.name, fetched: component.nameFetched }]) {
        this.#noteName(stack, name);
      }
      return { index: this, component, stackName: text, stackNameMark };
    });
  }

  /** The names that a stack has, mostly one: components may have vars of their own that names are made of. */
  async namesOf(stack: Stack): Promise<readonly StackName[]> {
    const said = getSaidName(stack);
    if (said !== undefined) return [said];
    if (nameVariables(this.settings) === undefined) {
      return componentKeys(stack).some((key) => !isAbstract(stack, key)) ? [{ text: stack.file }] : [];
    }
    const names = new Map<string, StackName>();
    const givers = nameGivers(stack, simpleVariables(this.settings));
    // Where those are broken, another one has the name as well.
    const others = componentKeys(stack).filter((key) => !isAbstract(stack, key));
    for (const [at, key] of [...givers, ...others].entries()) {
      if (at >= givers.length && names.size > 0) break;
      const found = await this.named(stack, key);
      if (found !== undefined && !found.component.isAbstract) names.set(found.stackName, getStackName(found));
    }
    return [...names.values()];
  }

  /** Whether a name means the stack; without a `name` of its own, it may be called by its file as well. */
  async isCalled(stack: Stack, name: string): Promise<boolean> {
    return isFileName(stack, name) || (await this.namesOf(stack)).some(({ text }) => text === name);
  }

  async #guarded<T>(path: string, act: () => Promise<T>): Promise<T | undefined> {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#note(path, error);
      return undefined;
    }
  }

  #noteName({ path: file, choices }: Stack, { text, fetched }: StackName): void {
    if (fetched === undefined || isCovered(choices, fetched)) return;
    const name = { ...makeText(text, { file, line: 1, column: 1 }), fetched };
    this.#nameChoices.push(...choosingPowers(["name"], name));
  }

  #note(path: string, error: AppError): void {
    if (!this.#failures.has(path)) this.#failures.set(path, error);
  }
}

/** Returns the name of a component's stack, with how it was fetched. */
export function getStackName({ stackName: text, stackNameMark }: NamedComponent): StackName {
  return { text, ...stackNameMark };
}

/** Returns how messages name a component and its stack. */
export function showNames(found: NamedComponent): { readonly component: string; readonly stack: string } {
  const { name: text, nameFetched: fetched } = found.component;
  return { component: showName({ text, fetched }), stack: showName(getStackName(found)) };
}

/** Whether that is the path of the stack's manifest below `stacks.base_path`, and the stack has no other `name`. */
export function isFileName(stack: Stack, name: string): boolean {
  return stack.file === name && getSaidName(stack) === undefined;
}
