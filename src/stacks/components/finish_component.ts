import type { FilePosition, Located, LocatedMap, LocatedScalar } from "../../config/values/located.ts";
import type { FunctionHost } from "../../config/functions/yaml_functions.ts";
import { AppError } from "../../errors.ts";
import type { FunctionTable } from "../../formats/go_template/functions/arguments.ts";
import { isTemplate, type RenderInput, renderTemplate } from "../../formats/go_template/render_template.ts";
import { type AskAws, isLiteral } from "../settings/call_function.ts";
import { FunctionCalls, type Unresolved } from "../settings/call_functions.ts";
import { CI_NAMES, ciNames } from "./ci_names.ts";
import type { Component, NameMark } from "./component.ts";
import { getKnownSection } from "./known_section.ts";
import { plainWorkspace, workspaceTemplate } from "./workspace.ts";
import { type KeyText, mapTreeLater } from "../settings/plain_data.ts";
import { tryWatched } from "../settings/reach.ts";
import { callTexts, renderScalar, withCall } from "../settings/render_value.ts";
import { renderedLimit } from "../settings/rendered_limit.ts";
import { templateError } from "../settings/stack_error.ts";
import { UncalledFunction } from "../settings/uncalled_function.ts";
import type { StackSettings } from "../settings/stack_settings.ts";

export interface Finished {
  readonly section: LocatedMap;
  readonly unresolved: readonly Unresolved[];
}

/** The component's section with its templates rendered and its functions called. Permissions: read, env. */
export async function finishComponent(
  host: FunctionHost,
  { component, stackName, stackNameMark, settings, functionsFor, aws }: {
    readonly component: Component;
    readonly stackName: string;
    readonly stackNameMark?: NameMark;
    readonly settings: StackSettings;
    /** The functions of a template. */
    readonly functionsFor: (source: string) => FunctionTable;
    readonly aws?: AskAws | undefined;
  },
): Promise<Finished> {
  const calls = new FunctionCalls(host, { settings, aws });
  const finisher = new Finisher({ settings, functionsFor, calls });
  let section = await finisher.withWorkspace(
    getKnownSection(component, { text: stackName, ...stackNameMark }),
    component,
  );
  const passes = settings.templates.enabled ? settings.templates.evaluations : 0;
  if (passes > 0) section = await finisher.withCiNames(section);
  for (let pass = 0; pass < passes; pass++) section = await finisher.rendered(section);
  const called = await calls.all(section);
  const unresolved = [...finisher.unresolved.values(), ...called.unresolved];
  return { section: withFinalNames(called.section, settings), unresolved };
}

/** Names that runs for pull requests have, of what settings and variables came to. */
function withFinalNames(section: LocatedMap, { atlantisTemplates }: StackSettings): LocatedMap {
  const value = (name: string) => section.entries.get(name)?.value;
  const [component, stackName] = [value("atmos_component"), value("atmos_stack")];
  if (component?.kind !== "scalar" || stackName?.kind !== "scalar") return section;
  const known = { component, stackName, atlantisTemplates };
  const names = ciNames({ ...known, settings: value("settings"), vars: value("vars") });
  return { ...section, entries: new Map([...section.entries, ...names]) };
}

class Finisher {
  readonly unresolved = new Map<string, Unresolved>();
  readonly #settings: StackSettings;
  readonly #functionsFor: (source: string) => FunctionTable;
  readonly #calls: FunctionCalls;

  constructor(
    { settings, functionsFor, calls }: {
      readonly settings: StackSettings;
      readonly functionsFor: (source: string) => FunctionTable;
      readonly calls: FunctionCalls;
    },
  ) {
    this.#settings = settings;
    this.#calls = calls;
    this.#functionsFor = functionsFor;
  }

  /** AppError "config-invalid" for a template that fails: what it stands for is where the state is. */
  async withWorkspace(section: LocatedMap, component: Component): Promise<LocatedMap> {
    const template = workspaceTemplate(component);
    if (template === undefined) return section;
    const rendered = await this.#render(template, { data: await this.#calls.seen(section), strict: true });
    for (const { error } of this.unresolved.values()) throw error;
    const value = rendered.kind === "scalar" ? plainWorkspace(rendered) : rendered;
    return { ...section, entries: new Map([...section.entries, ["workspace", { key: template.place, value }]]) };
  }

  /** The names that runs for pull requests have may be templates, and others ask for what they come to. */
  async withCiNames(section: LocatedMap): Promise<LocatedMap> {
    const entries = new Map(section.entries);
    for (const name of CI_NAMES) {
      const entry = entries.get(name);
      if (entry?.value.kind !== "scalar") continue;
      entries.set(name, { ...entry, value: await this.#renderValue(entry.value, await this.#calls.seen(section)) });
    }
    return { ...section, entries };
  }

  /** A key that is not there is `<no value>`, whatever the configuration says of imports. */
  async rendered(section: LocatedMap): Promise<LocatedMap> {
    const limited = renderedLimit();
    const calls = callTexts(section);
    this.unresolved.clear();
    const render = async <T extends Located>(part: T, data: unknown) =>
      await mapTreeLater(part, {
        scalar: async (scalar) => {
          const value = await this.#renderValue(scalar, data);
          return limited(value === scalar ? scalar : withCall(value, calls));
        },
        key: (name, { key }) => this.#renderKey(name, { place: key, data }),
      }) as T;
    const env = section.entries.get("env");
    if (env === undefined) return await render(section, await this.#calls.seen(section));
    // Variables come first: functions give what they are, and templates see that.
    const value = await render(env.value, await this.#calls.seen(section));
    const known = { ...section, entries: new Map(section.entries).set("env", { ...env, value }) };
    return await render(section, await this.#calls.seen(known));
  }

  async #renderValue(scalar: LocatedScalar, data: unknown): Promise<Located> {
    const { delimiters } = this.#settings.templates;
    return await this.#guarded(scalar, () => this.#render(scalar, { data, strict: false, delimiters }));
  }

  async #render(scalar: LocatedScalar, input: Omit<RenderInput, "source">): Promise<Located> {
    if (typeof scalar.value !== "string" || isLiteral(scalar) || !isTemplate(scalar.value, input.delimiters)) {
      return scalar;
    }
    const functions = this.#functionsFor(scalar.value);
    const { value, error } = await renderScalar(scalar, { ...input, functions, keeps: "structures" });
    if (error === undefined) return value;
    if (error instanceof UncalledFunction) return error.standingFor(value as LocatedScalar);
    return this.#unresolved(value as LocatedScalar, templateError(scalar.place, error));
  }

  async #renderKey(
    name: string,
    { place, data }: { readonly place: FilePosition; readonly data: unknown },
  ): Promise<KeyText> {
    const { delimiters } = this.#settings.templates;
    if (!isTemplate(name, delimiters)) return { name };
    const input = { source: name, data, strict: false, functions: this.#functionsFor(name), delimiters };
    const { value, error, mark } = await tryWatched(input, { place, render: renderTemplate });
    if (error !== undefined) this.unresolved.set(name, { text: name, error: templateError(place, error) });
    return { name: value ?? name, ...mark };
  }

  /** What fails stays as it is. */
  async #guarded(scalar: LocatedScalar, act: () => Promise<Located>): Promise<Located> {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return this.#unresolved(scalar, error);
    }
  }

  #unresolved(scalar: LocatedScalar, error: AppError): Located {
    this.unresolved.set(scalar.text, { text: scalar.text, error });
    return scalar;
  }
}
