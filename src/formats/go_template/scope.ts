import { TemplateError } from "./values/value.ts";

/** The variables of a block; a block inside sees those outside. */
export class Scope {
  readonly #values = new Map<string, unknown>();
  readonly #outer: Scope | undefined;

  constructor(outer?: Scope) {
    this.#outer = outer;
  }

  declare(name: string, value: unknown): void {
    this.#values.set(name, value);
  }

  assign(name: string, { value, at }: { readonly value: unknown; readonly at: number }): void {
    const owner = this.#ownerOf(name);
    if (owner === undefined) throw unknown(name, at);
    owner.declare(name, value);
  }

  read(name: string, at: number): unknown {
    const owner = this.#ownerOf(name);
    if (owner === undefined) throw unknown(name, at);
    return owner.#values.get(name);
  }

  #ownerOf(name: string): Scope | undefined {
    if (this.#values.has(name)) return this;
    return this.#outer === undefined ? undefined : this.#outer.#ownerOf(name);
  }
}

function unknown(name: string, at: number): TemplateError {
  return new TemplateError(`there is no variable ${name}`, at);
}
