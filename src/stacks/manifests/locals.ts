import type { Located, LocatedEntry, LocatedMap, LocatedScalar } from "../../config/values/located.ts";
import type { FunctionTable } from "../../formats/go_template/functions/arguments.ts";
import { isTemplate } from "../../formats/go_template/render_template.ts";
import { isLiteral } from "../settings/call_function.ts";
import { mapScalarsLater, putData, scalarsIn } from "../settings/plain_data.ts";
import { joinWatched } from "../settings/reach.ts";
import { renderScalar } from "../settings/render_value.ts";
import { renderedLimit } from "../settings/rendered_limit.ts";
import { stackError, templateError } from "../settings/stack_error.ts";
import { refuseUncalled, UncalledFunction } from "../settings/uncalled_function.ts";

/** What templates know. */
export interface KnownLocals {
  readonly data: Readonly<Record<string, unknown>>;
  readonly functions: FunctionTable;
  /** Gives the values of functions that are called while manifests are read; the others stay what they are. */
  readonly called: (located: Located) => Promise<Located>;
}

/** Puts what templates see under a name: a function that is not called must not become text of theirs. */
export function putKnown(onto: object, name: string, located: Located): void {
  putData(onto, name, { located, refusals: refuseUncalled(() => true) });
}

const NAMED = /\.locals\.([\p{L}_][\p{L}\p{N}_]*)/gu;

/**
 * The values of a file's `locals`, each of which may be made of others. AppError "config-invalid" for a circle, and
 * for what templates and functions refuse.
 */
export async function localValues(
  { locals, ...known }: KnownLocals & { readonly locals: LocatedMap },
): Promise<Readonly<Record<string, unknown>>> {
  const locator = new Locals(locals, known);
  for (const name of locals.entries.keys()) await locator.resolve(name, []);
  return locator.values;
}

class Locals {
  readonly values: Record<string, unknown> = {};
  readonly #locals: LocatedMap;
  readonly #known: KnownLocals;
  readonly #limited = renderedLimit();

  constructor(locals: LocatedMap, known: KnownLocals) {
    this.#locals = locals;
    this.#known = known;
  }

  async resolve(name: string, trail: readonly string[]): Promise<void> {
    const entry = this.#locals.entries.get(name);
    if (entry === undefined || Object.hasOwn(this.values, name)) return;
    if (trail.includes(name)) throw circular(entry, [...trail.slice(trail.indexOf(name)), name]);
    for (const other of namesIn(entry.value)) await this.resolve(other, [...trail, name]);
    const located = await mapScalarsLater(entry.value, (scalar) => this.#rendered(scalar));
    putKnown(this.values, name, located);
  }

  async #rendered(scalar: LocatedScalar): Promise<Located> {
    const data = joinWatched(this.#known.data, { locals: this.values });
    return this.#limited(await this.#known.called(await renderedScalar(scalar, { ...this.#known, data })));
  }
}

/** The scalar, rendered when it is a template. */
async function renderedScalar(scalar: LocatedScalar, { data, functions }: KnownLocals): Promise<Located> {
  if (typeof scalar.value !== "string" || isLiteral(scalar) || !isTemplate(scalar.value)) return scalar;
  const { value, error } = await renderScalar(scalar, { data, functions, strict: true, keeps: "references" });
  if (error instanceof UncalledFunction) return error.standingFor(value as LocatedScalar);
  if (error !== undefined) throw templateError(scalar.place, error);
  return value;
}

function namesIn(value: Located): readonly string[] {
  return scalarsIn(value).flatMap(({ text }) => [...text.matchAll(NAMED)].map(([, name]) => name!));
}

function circular({ key }: LocatedEntry, chain: readonly string[]): Error {
  return stackError({ place: key, found: `circular dependency between locals: ${chain.join(" -> ")}` });
}
