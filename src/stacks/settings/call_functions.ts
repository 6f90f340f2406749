import type { FunctionHost } from "../../config/functions/yaml_functions.ts";
import type { Located, LocatedMap, LocatedScalar } from "../../config/values/located.ts";
import { AppError } from "../../errors.ts";
import { isTemplate } from "../../formats/go_template/render_template.ts";
import { type AskAws, callFunction, isLiteral, isNotCalled, notCalled, type Surroundings } from "./call_function.ts";
import { Includer } from "./includer.ts";
import { isUnset, settled } from "./merge_sections.ts";
import { settleScalarsLater } from "./plain_data.ts";
import type { StackSettings } from "./stack_settings.ts";

/** A value that could not be worked out, and why: no matter unless it is needed. */
export interface Unresolved {
  /** As it stands in the section. */
  readonly text: string;
  readonly error: AppError;
}

interface CallInput {
  /** Of a component, its templates rendered. */
  readonly section: LocatedMap;
  readonly settings: StackSettings;
  readonly aws?: AskAws | undefined;
}

interface Called {
  readonly section: LocatedMap;
  /** Functions that are not called, and those whose text is still a template. */
  readonly unresolved: readonly Unresolved[];
}

/**
 * A component's section with the values of its functions, merged with what lay below and above them. AppError
 * "config-invalid" at the place of a function that fails. Permissions: read, env.
 */
export async function callFunctions(host: FunctionHost, { section, settings, aws }: CallInput): Promise<Called> {
  const env = section.entries.get("env")?.value;
  const includer = new Includer(host, settings);
  const calls = new Calls(host, { around: { includer, env: env?.kind === "map" ? env : undefined, aws }, settings });
  const called = await settleScalarsLater(section, (scalar) => calls.valueOf(scalar));
  return { section: settled(called) as LocatedMap, unresolved: [...calls.unresolved.values()] };
}

class Calls {
  readonly unresolved = new Map<string, Unresolved>();
  readonly #host: FunctionHost;
  readonly #around: Surroundings;
  readonly #settings: StackSettings;

  constructor(
    host: FunctionHost,
    { around, settings }: { readonly around: Surroundings; readonly settings: StackSettings },
  ) {
    this.#host = host;
    this.#around = around;
    this.#settings = settings;
  }

  async valueOf(scalar: LocatedScalar): Promise<Located> {
    const { call, text, place } = scalar;
    if (call === undefined || isUnset(scalar)) return scalar;
    if (isTemplate(call.text, this.#settings.templates.delimiters) && !isLiteral(scalar)) {
      return this.#unrendered(scalar);
    }
    if (isNotCalled(call.tag, this.#around)) return this.#leave(scalar, notCalled(call.tag, place));
    const value = await callFunction(this.#host, { ...scalar, call }, this.#around);
    // A file may have functions of its own.
    return value.kind === "scalar" && value.call === undefined
      ? value
      : await settleScalarsLater(value, (inner) => inner.text === text ? Promise.resolve(inner) : this.valueOf(inner));
  }

  /** Its template has failed, and why is known, unless there was none to be rendered. */
  #unrendered(scalar: LocatedScalar): Located {
    if (this.#settings.templates.enabled) return scalar;
    const { place, text } = scalar;
    const message = `Cannot render "${text}": templates are not enabled`;
    const hint = "Set templates.settings.enabled: true in atmos.yaml.";
    return this.#leave(scalar, new AppError("config-invalid", message, { hint, place }));
  }

  #leave(scalar: LocatedScalar, error: AppError): Located {
    this.unresolved.set(scalar.text, { text: scalar.text, error });
    return scalar;
  }
}
