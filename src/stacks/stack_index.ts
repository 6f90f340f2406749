import { readConfigBytes } from "../config/files/source_file.ts";
import { lenientUtf8 } from "../formats/text/utf8.ts";
import type { FunctionHost } from "../config/functions/yaml_functions.ts";
import { AppError } from "../errors.ts";
import { type Component, type NameMark, resolveComponent } from "./components/component.ts";
import type { ComponentKey } from "./components/component_names.ts";
import type { Stack } from "./manifests/layers.ts";
import { loadStack } from "./manifests/load_stack.ts";
import { isLikely, nameVariables, simpleVariables } from "./manifests/likely_manifest.ts";
import { manifestFiles, manifestName } from "./manifests/manifest_files.ts";
import { ManifestReader } from "./manifests/manifest_reader.ts";
import { nameGivers } from "./name_givers.ts";
import { saidName, stackName } from "./stack_name.ts";
import type { StackSettings } from "./settings/stack_settings.ts";

export interface NamedComponent {
  readonly component: Component;
  readonly stackName: string;
  readonly stackNameMark: NameMark;
}

/** All stacks of a configuration, each loaded when it is looked at. */
export class StackIndex {
  /** What is wrong with manifests: no matter to those who need others. */
  readonly failures: AppError[] = [];
  readonly settings: StackSettings;
  readonly #host: FunctionHost;
  readonly #reader: ManifestReader;
  readonly #loaded = new Map<string, Promise<Stack | undefined>>();
  #files: readonly string[] | undefined;

  constructor(host: FunctionHost, settings: StackSettings) {
    this.#host = host;
    this.#reader = new ManifestReader(host, settings);
    this.settings = settings;
  }

  /** All of them. Permissions: read, env. */
  async stacks(): Promise<readonly Stack[]> {
    return await this.#load(this.#manifests());
  }

  /** Those that may have that name, as far as a glance at their files tells. Permissions: read, env. */
  async likelyStacks(wanted: string): Promise<readonly Stack[]> {
    const variables = nameVariables(this.settings);
    const likely = this.#manifests().filter((path) =>
      manifestName(this.settings, path) === wanted ||
      isLikely(lenientUtf8(readConfigBytes(this.#host, path)), { wanted, variables })
    );
    return await this.#load(likely);
  }

  #manifests(): readonly string[] {
    this.#files ??= manifestFiles(this.#host, this.settings);
    return this.#files;
  }

  async #load(paths: readonly string[]): Promise<readonly Stack[]> {
    const stacks: Stack[] = [];
    for (const path of paths) {
      if (!this.#loaded.has(path)) this.#loaded.set(path, this.#guarded(() => this.#stack(path)));
      const stack = await this.#loaded.get(path);
      if (stack !== undefined) stacks.push(stack);
    }
    return stacks;
  }

  #stack(path: string): Promise<Stack> {
    return loadStack(this.#host, { settings: this.settings, reader: this.#reader, path });
  }

  /** A component of a stack with the stack's name; undefined when something is wrong with it. */
  async named(stack: Stack, key: ComponentKey): Promise<NamedComponent | undefined> {
    return await this.#guarded(async () => {
      const component = resolveComponent(stack, { key, settings: this.settings });
      const { text, ...stackNameMark } = await stackName(component, this.settings);
      return { component, stackName: text, stackNameMark };
    });
  }

  /** The names that a stack has, mostly one: components may have vars of their own that names are made of. */
  async namesOf(stack: Stack): Promise<readonly string[]> {
    const said = saidName(stack);
    if (said !== undefined) return [said.text];
    const names = new Set<string>();
    for (const key of nameGivers(stack, simpleVariables(this.settings))) {
      const found = await this.named(stack, key);
      if (found !== undefined && !found.component.isAbstract) names.add(found.stackName);
    }
    return [...names];
  }

  async #guarded<T>(act: () => Promise<T>): Promise<T | undefined> {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (!this.failures.some(({ message }) => message === error.message)) this.failures.push(error);
      return undefined;
    }
  }
}
