import type { GenericSchema } from "valibot";
import { isPrivate, shownKey } from "../values/fetched.ts";
import type { LocatedMap, Problem } from "../values/located.ts";
import { dottedPath } from "../../formats/text/dotted_path.ts";
import { fieldsOf, memberOf, remarksOf } from "./schema.ts";
import { placeOf, type Spot } from "./spot.ts";
import { didYouMean, listed, shown } from "./wording.ts";

/** What is allowed but probably not meant: keys that nothing reads, values that a schema has a doubt about. */
export function odditiesIn(schema: GenericSchema, spot: Spot): readonly Problem[] {
  const { located } = spot;
  if (located.kind === "scalar") return doubts(schema, spot);
  if (located.kind === "map") return inMap(schema, { ...spot, located });
  return located.items.flatMap((item, at) => {
    const inner = memberOf(schema, at);
    return inner === undefined ? [] : odditiesIn(inner, { located: item, key: item.place, path: [...spot.path, at] });
  });
}

function doubts(schema: GenericSchema, spot: Spot): readonly Problem[] {
  if (spot.located.kind !== "scalar" || spot.located.value === null) return [];
  const doubt = remarksOf(schema).doubt?.(spot.located);
  if (doubt === undefined) return [];
  const hint = doubt.near === undefined || spot.located.fetched !== undefined ? "" : `; did you mean "${doubt.near}"?`;
  return [warning(spot, `found ${shown(spot.located)}: ${doubt.message}${hint}`)];
}

function inMap(schema: GenericSchema, spot: Spot & { readonly located: LocatedMap }): readonly Problem[] {
  const fields = fieldsOf(schema);
  if (fields === undefined) return [];
  return [...spot.located.entries].flatMap(([name, entry]) => {
    const path = [...spot.path, shownKey(name, entry.fetched)];
    const inner = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (inner !== undefined) return odditiesIn(inner, { located: entry.value, key: entry.key, path });
    return [{
      ...warning(
        spot,
        unknownKey({ text: name, fetched: isPrivate(entry.fetched) ? entry.fetched : undefined }, Object.keys(fields)),
      ),
      place: entry.key,
      path: dottedPath(path),
    }];
  });
}

function unknownKey(name: Parameters<typeof didYouMean>[0], known: readonly string[]): string {
  return `unknown key${didYouMean(name, known) || `: nothing reads it; known are ${listed(known)}`}`;
}

function warning(spot: Spot, message: string): Problem {
  return { severity: "warning", place: placeOf(spot), path: dottedPath(spot.path), message };
}
