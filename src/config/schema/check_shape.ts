import { type BaseIssue, type GenericSchema, type InferOutput, safeParse } from "valibot";
import type { FilePosition, Problem } from "../values/located.ts";
import { dottedPath } from "../../formats/text/dotted_path.ts";
import { toPlainData } from "./plain_value.ts";
import { findSuspiciousValues } from "./suspicious_values.ts";
import { follow, type Found, getPlace, type SchemaCursor } from "./cursor.ts";
import { wording } from "./messages.ts";

/** A checked value; undefined as soon as one of the problems is an error. */
export interface Shaped<T> {
  readonly value: T | undefined;
  readonly problems: readonly Problem[];
}

/**
 * Checks a part of the configuration against a valibot schema and reports every fault at its place: wrong and missing
 * values as errors, unknown keys and doubtful values as warnings.
 */
export function checkShape<S extends GenericSchema>(schema: S, spot: SchemaCursor): Shaped<InferOutput<S>> {
  const result = safeParse(schema, toPlainData(spot.located, schema), { abortPipeEarly: true });
  const errors = (result.issues ?? []).flatMap((issue) => findProblems(issue, { ...spot, schema }));
  const wrong = new Set(errors.map(({ path }) => path));
  const odd = findSuspiciousValues(schema, spot).filter(({ path }) => !wrong.has(path));
  const problems = [...errors, ...odd].sort((a, b) => byPlace(a.place, b.place));
  return { value: result.success ? result.output : undefined, problems };
}

type Start = SchemaCursor & { readonly schema: GenericSchema };

function findProblems(issue: BaseIssue<unknown>, from: Start): readonly Problem[] {
  const found = follow(from, (issue.path ?? []).map(({ key }) => key as string | number));
  const inner = innerIssues(issue, found);
  if (inner.length > 0 && found.schema !== undefined) {
    const start: Start = { ...found, schema: found.schema };
    return inner.flatMap((one) => findProblems(one, start));
  }
  const path = dottedPath(found.path);
  return [{ severity: "error", place: getPlace(found), path, message: wording(issue, found) }];
}

/** Of several alternatives a mapping can only have meant the one that is a mapping: its issues say more. */
function innerIssues(issue: BaseIssue<unknown>, { located, missing }: Found): readonly BaseIssue<unknown>[] {
  if (issue.type !== "union" || located.kind !== "map" || missing) return [];
  return (issue.issues ?? []).filter((one) => one.path !== undefined || one.kind === "validation");
}

/** In one file from top to bottom; the order of several files stays. */
function byPlace(a: FilePosition, b: FilePosition): number {
  return a.file === b.file ? a.line - b.line || a.column - b.column : 0;
}
