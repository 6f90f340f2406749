import { type BaseIssue, type GenericSchema, type InferOutput, safeParse } from "valibot";
import type { FilePlace, Problem } from "../../config/located.ts";
import { dottedPath } from "../../formats/dotted_path.ts";
import { dataOf } from "./data.ts";
import { odditiesIn } from "./oddities.ts";
import { follow, placeOf, type Spot } from "./spot.ts";
import { wording } from "./wording.ts";

/** A checked value; undefined as soon as one of the problems is an error. */
export interface Shaped<T> {
  readonly value: T | undefined;
  readonly problems: readonly Problem[];
}

/**
 * Checks a part of the configuration against a valibot schema and reports every fault at its place: wrong and missing
 * values as errors, unknown keys and doubtful values as warnings.
 */
export function checkShape<S extends GenericSchema>(schema: S, spot: Spot): Shaped<InferOutput<S>> {
  const result = safeParse(schema, dataOf(spot.located, schema), { abortPipeEarly: true });
  const errors = (result.issues ?? []).map((issue) => problemOf(issue, { ...spot, schema }));
  const problems = [...errors, ...odditiesIn(schema, spot)].sort((a, b) => byPlace(a.place, b.place));
  return { value: result.success ? result.output : undefined, problems };
}

function problemOf(issue: BaseIssue<unknown>, from: Spot & { readonly schema: GenericSchema }): Problem {
  const keys = (issue.path ?? []).map(({ key }) => key as string | number);
  const found = follow(from, keys);
  return {
    severity: "error",
    place: placeOf(found),
    path: dottedPath(found.path),
    message: wording(issue, found),
  };
}

/** In one file from top to bottom; the order of several files stays. */
function byPlace(a: FilePlace, b: FilePlace): number {
  return a.file === b.file ? a.line - b.line || a.column - b.column : 0;
}
