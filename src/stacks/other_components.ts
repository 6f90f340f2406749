import type { FunctionHost } from "../config/functions/yaml_functions.ts";
import type { Located, LocatedMap, LocatedScalar } from "../config/values/located.ts";
import { textAt, valueAt } from "../config/values/look_up.ts";
import { AppError } from "../errors.ts";
import { type FunctionTable, str, takes } from "../formats/go_template/functions/arguments.ts";
import { NotYet } from "../formats/go_template/values/not_yet.ts";
import { TemplateError } from "../formats/go_template/values/value.ts";
import { finishComponent, type Finished } from "./components/finish_component.ts";
import { findComponent } from "./find_component.ts";
import type { AskAws } from "./settings/call_function.ts";
import { plainData } from "./settings/plain_data.ts";
import { changesMaps, copyWatched, noteReach } from "./settings/reach.ts";
import { type NamedComponent, showNames, type StackIndex } from "./stack_index.ts";

/** How many components one template may ask for, and how many may ask for one another. */
const MOST_COMPONENTS = 100;

/** A component as templates of others see it. */
interface Seen {
  readonly found: NamedComponent;
  readonly data: object;
}

/**
 * Finishes components whose templates ask for others: `(atmos.Component "vpc" .stack).vars.cidr`. What is asked for is
 * finished once. https://atmos.tools/functions/template/atmos.Component
 */
export class OtherComponents {
  readonly #host: FunctionHost;
  readonly #index: StackIndex;
  readonly #aws: AskAws | undefined;
  /** By what they are called. */
  readonly #found = new Map<string, NamedComponent | AppError>();
  /** By what they are. */
  readonly #seen = new Map<string, Seen | AppError>();

  /** Permissions of host: those of finishComponent. Without `aws`, functions that ask AWS are not called. */
  constructor(host: FunctionHost, index: StackIndex, aws?: AskAws) {
    this.#host = host;
    this.#aws = aws;
    this.#index = index;
  }

  /** Returns the component finished. AppErrors of finishComponent. */
  async finish(found: NamedComponent): Promise<Finished> {
    return await this.#finish(found, []);
  }

  async #finish(found: NamedComponent, trail: readonly NamedComponent[]): Promise<Finished> {
    const functionsFor = (source: string) => this.functionsFor(source, [...trail, found]);
    return await finishComponent(this.#host, {
      ...found,
      settings: this.#index.settings,
      functionsFor,
      aws: this.#aws,
    });
  }

  /** Returns the functions of a template of the last one of a trail, each of which was asked for by the one before it. */
  functionsFor(source: string, trail: readonly NamedComponent[]): FunctionTable {
    const component = (name: unknown, stack: unknown) => {
      const { found, data } = this.#look({ name: str(name), stack: str(stack) }, trail);
      noteName(found);
      // What one template sets, another must not see.
      return changesMaps(source) ? copyWatched(data) : data;
    };
    return { ...this.#index.settings.functions, "atmos.Component": takes(2, component) };
  }

  /** Throws NotYet for one that has to be found or finished first. */
  #look(input: { readonly name: string; readonly stack: string }, trail: readonly NamedComponent[]): Seen {
    const key = JSON.stringify(input);
    const found = this.#found.get(key);
    if (found === undefined) throw new NotYet(() => this.#remember(this.#found, key, () => this.#find(input)));
    if (found instanceof AppError) throw found;
    const id = makeId(found);
    const at = trail.findIndex((one) => makeId(one) === id);
    if (at >= 0) throw new Error(`circular reference between components: ${chain([...trail.slice(at), found])}`);
    if (trail.length > MOST_COMPONENTS) throw new Error(`more than ${MOST_COMPONENTS} components refer to each other`);
    const seen = this.#seen.get(id);
    if (seen === undefined) throw new NotYet(() => this.#remember(this.#seen, id, () => this.#see(found, trail)));
    if (seen instanceof AppError) throw seen;
    return seen;
  }

  async #remember<T>(known: Map<string, T | AppError>, key: string, act: () => Promise<T>): Promise<void> {
    try {
      known.set(key, await act());
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      known.set(key, error);
    }
  }

  async #find(input: { readonly name: string; readonly stack: string }): Promise<NamedComponent> {
    return await findComponent(this.#index, { ...input, mayBeAbstract: true });
  }

  async #see(found: NamedComponent, trail: readonly NamedComponent[]): Promise<Seen> {
    return { found, data: seenData(await this.#finish(found, trail), found) };
  }
}

function makeId({ component: { stack, kind, name } }: NamedComponent): string {
  return JSON.stringify([stack.path, kind, name]);
}

function chain(trail: readonly NamedComponent[]): string {
  return trail.map(showNames).map(({ component, stack }) => `${component} in ${stack}`).join(" -> ");
}

/** Which component a name means, too, may come from beyond the tree. */
function noteName({ stackNameMark: { fetched } }: NamedComponent): void {
  if (fetched?.isBeyond === true) noteReach(fetched);
}

/** The section as data; what could not be worked out fails where a template reads it, and so do outputs of terraform. */
function seenData({ section, unresolved }: Finished, found: NamedComponent): object {
  const { component: name } = showNames(found);
  const failures = new Map(unresolved.map(({ text, error }) => [text, error]));
  const errorOf = (scalar: LocatedScalar) => {
    const error = failures.get(scalar.text);
    return error && new TemplateError(`a value of component "${name}" is not known: ${error.message}`, 0);
  };
  const refusals = { errorOf, areKept: false };
  const data = plainData(section, refusals) as object;
  const outputs = staticOutputs(section);
  const needsTerraform = () => {
    throw new TemplateError(`outputs of component "${name}" need terraform, which atmos for EKS does not run`, 0);
  };
  const property = outputs === undefined ? { get: needsTerraform } : { value: plainData(outputs, refusals) };
  return Object.defineProperty(data, "outputs", { ...property, enumerable: false, configurable: true });
}

/** What a component has for outputs whose remote state is written down. */
function staticOutputs(section: LocatedMap): Located | undefined {
  const isStatic = textAt(section, ["remote_state_backend_type"]) === "static";
  return isStatic ? valueAt(section, ["remote_state_backend"]) : undefined;
}
