import type { FunctionHost } from "../../config/functions/yaml_functions.ts";
import type { Located, LocatedMap, LocatedScalar } from "../../config/values/located.ts";
import { AppError } from "../../errors.ts";
import { isTemplate } from "../../formats/go_template/render_template.ts";
import {
  type AskAws,
  callFunction,
  isLiteral,
  isNotCalled,
  makeNotCalled,
  type Surroundings,
} from "./call_function.ts";
import { Includer } from "./includer.ts";
import { isUnset, settle } from "./merge_sections.ts";
import { mapScalarsLater, plainData, settleScalarsLater } from "./plain_data.ts";
import { refuseUncalled } from "./uncalled_function.ts";
import type { StackSettings } from "./stack_settings.ts";

/** A value that could not be worked out, and why: no matter unless it is needed. */
export interface Unresolved {
  /** As it stands in the section. */
  readonly text: string;
  readonly error: AppError;
}

interface CallInput {
  readonly settings: StackSettings;
  readonly aws?: AskAws | undefined;
}

interface Called {
  readonly section: LocatedMap;
  /** Functions that are not called, and those whose text is still a template. */
  readonly unresolved: readonly Unresolved[];
}

/** Calls the functions of one component. Permissions of the host: read, env. */
export class FunctionCalls {
  readonly #host: FunctionHost;
  readonly #input: CallInput;
  readonly #includer: Includer;
  /** What chance gave, by where it is asked for: templates see the same. */
  readonly #random = new Map<string, Located>();

  constructor(host: FunctionHost, input: CallInput) {
    this.#host = host;
    this.#input = input;
    this.#includer = new Includer(host, input.settings);
  }

  /**
   * What templates see of a section: the values of functions that no template has to be rendered for, and none of those
   * that are not called. AppErrors as {@link all}.
   */
  async seen(section: LocatedMap): Promise<object> {
    const around = this.#around(section);
    const { delimiters } = this.#input.settings.templates;
    const calls = this.#calls(around);
    const called = await mapScalarsLater(section, async (scalar) => {
      const { call } = scalar;
      const waits = call === undefined || isNotCalled(call.tag, around) || isTemplate(call.text, delimiters);
      return waits && !isLiteral(scalar) ? scalar : await calls.valueOf(scalar);
    });
    return plainData(called, refuseUncalled(({ call }) => isNotCalled(call!.tag, around))) as object;
  }

  /**
   * The section with the values of its functions, merged with what lay below and above them. AppError "config-invalid" at
   * the place of a function that fails.
   */
  async all(section: LocatedMap): Promise<Called> {
    const calls = this.#calls(this.#around(section));
    const called = await settleScalarsLater(section, (scalar) => calls.valueOf(scalar));
    return { section: settle(called) as LocatedMap, unresolved: [...calls.unresolved.values()] };
  }

  #around(section: LocatedMap): Surroundings {
    const env = section.entries.get("env")?.value;
    return { includer: this.#includer, env: env?.kind === "map" ? env : undefined, aws: this.#input.aws };
  }

  #calls(around: Surroundings): Calls {
    return new Calls(this.#host, { around, settings: this.#input.settings, random: this.#random });
  }
}

class Calls {
  readonly unresolved = new Map<string, Unresolved>();
  readonly #host: FunctionHost;
  readonly #around: Surroundings;
  readonly #settings: StackSettings;
  readonly #random: Map<string, Located>;

  constructor(
    host: FunctionHost,
    { around, settings, random }: {
      readonly around: Surroundings;
      readonly settings: StackSettings;
      readonly random: Map<string, Located>;
    },
  ) {
    this.#host = host;
    this.#around = around;
    this.#settings = settings;
    this.#random = random;
  }

  async valueOf(scalar: LocatedScalar): Promise<Located> {
    const { call, text, place } = scalar;
    if (call === undefined || isUnset(scalar)) return scalar;
    if (isTemplate(call.text, this.#settings.templates.delimiters) && !isLiteral(scalar)) {
      return this.#unrendered(scalar);
    }
    if (isNotCalled(call.tag, this.#around)) return this.#leave(scalar, makeNotCalled(call.tag, place));
    const value = await this.#called({ ...scalar, call });
    // A file may have functions of its own.
    return value.kind === "scalar" && value.call === undefined
      ? value
      : await settleScalarsLater(value, (inner) => inner.text === text ? Promise.resolve(inner) : this.valueOf(inner));
  }

  async #called(scalar: Parameters<typeof callFunction>[1]): Promise<Located> {
    if (scalar.call.tag !== "!random") return await callFunction(this.#host, scalar, this.#around);
    const key = JSON.stringify([scalar.place, scalar.call.text]);
    const value = this.#random.get(key) ?? await callFunction(this.#host, scalar, this.#around);
    this.#random.set(key, value);
    return value;
  }

  /** Its template has failed, and why is known, unless there was none to be rendered. */
  #unrendered(scalar: LocatedScalar): Located {
    if (this.#settings.templates.enabled) return scalar;
    const { place, text } = scalar;
    const message = `Cannot render "${text}": templates are not enabled`;
    const hint = "Set templates.settings.enabled: true in atmos.yaml";
    return this.#leave(scalar, new AppError("config-invalid", message, { hint, place }));
  }

  #leave(scalar: LocatedScalar, error: AppError): Located {
    this.unresolved.set(scalar.text, { text: scalar.text, error });
    return scalar;
  }
}
