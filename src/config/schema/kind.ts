import type { GenericSchema, InferOutput } from "valibot";
import { checkShape, type Shaped } from "./check_shape.ts";
import type { LocatedScalar } from "../values/located.ts";
import type { SchemaCursor } from "./cursor.ts";
import { didYouMean, joinNames, quote } from "./messages.ts";

/** A kind of provider, identity, keyring or integration: what its part of atmos.yaml looks like and means. */
export interface Kind<Spec> {
  readonly name: string;
  readonly summary: string;
  /** YAML: one entry of this kind under its name, as it stands in `auth.providers` and so on. */
  readonly example: string;
  readonly schema: GenericSchema;
  /**
   * The properties of a spec that decide neither whose credentials it comes to nor what they may do, besides those that
   * all kinds have in common. Every other one counts, a new one too: stored credentials are not used after a change.
   */
  readonly incidental: readonly string[];
  /** Checks one entry; its value is there only when there is no error. */
  parseSpec(spot: SchemaCursor): Shaped<Spec>;
}

interface Definition<S extends GenericSchema, Spec> extends Omit<Kind<Spec>, "parseSpec" | "incidental"> {
  readonly schema: S;
  readonly incidental?: readonly (keyof Spec & string)[];
  readonly model: (fields: InferOutput<S>) => Spec;
}

/** A kind as data; `model` makes the typed spec of what the schema has checked. */
export function defineKind<S extends GenericSchema, Spec>(definition: Definition<S, Spec>): Kind<Spec> {
  const { name, summary, example, schema, incidental = [], model } = definition;
  return { name, summary, example, schema, incidental, parseSpec: (spot) => toModel(checkShape(schema, spot), model) };
}

function toModel<T, Spec>(shaped: Shaped<T>, model: (value: T) => Spec): Shaped<Spec> {
  const { value, problems } = shaped;
  return { value: value === undefined ? undefined : model(value), problems };
}

/** The half of a kind that reads its part of atmos.yaml; what the kind does is another half, loaded apart from it. */
export interface SchemaHalf<Spec> {
  /** What other tools, and users from memory, call the kind; in lower case. */
  readonly calledElsewhere: readonly string[];
  readonly schema: () => Promise<{ readonly kind: Kind<Spec> }>;
}

/** From a kind's name to its halves. A new kind is a folder with one file for each half, and one line. */
export type KindRegistry<Spec> = Readonly<Record<string, SchemaHalf<Spec>>>;

/**
 * Returns `; did you mean "a"?` for a kind that a registry does not have: its name here where another tool calls it that,
 * else names that are nearly the same; nothing for a word that is like none.
 */
export function suggestKind(written: LocatedScalar, registry: KindRegistry<unknown>): string {
  const typed = written.text.trim().toLowerCase().replaceAll("_", "-");
  const meant = written.fetched === undefined
    ? Object.entries(registry).filter(([name, { calledElsewhere }]) =>
      name === typed || calledElsewhere.includes(typed)
    )
    : [];
  if (meant.length === 0) return didYouMean(written, Object.keys(registry));
  return `; did you mean ${joinNames(meant.map(([name]) => quote(name)))}?`;
}

/** What the entries of a registry's kinds come to: the union of their specs. */
export type Specs<Registry> = {
  [Name in keyof Registry]: Registry[Name] extends SchemaHalf<infer Spec> ? Spec : never;
}[keyof Registry];
