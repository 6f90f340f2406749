import type { Needs } from "../../host/host.ts";
import type { Fetched, FilePosition, LocatedMap } from "./located.ts";
import { lookUp } from "./look_up.ts";

export interface Variable {
  readonly text: string;
  readonly place: FilePosition;
  /** As of a scalar. */
  readonly fetched?: Fetched;
}

/**
 * A variable `ATMOS_…` of the environment, or else of the configuration's own top-level `env:` map; empty ones are none.
 * ATMOS_TRUST must never be asked for here: a configuration could trust itself.
 */
export function findVariable(
  host: Needs<"env">,
  { root, name }: { root: LocatedMap; name: string },
): Variable | undefined {
  const text = host.env.get(name);
  if (text !== undefined && text !== "") {
    return { text, place: { file: `environment variable ${name}`, line: 1, column: 1 } };
  }
  const own = lookUp(root, "env")?.value;
  const value = own?.kind === "map" ? own.entries.get(name)?.value : undefined;
  if (value?.kind !== "scalar" || value.text === "") return undefined;
  return { text: value.text, place: value.place, ...(value.fetched === undefined ? {} : { fetched: value.fetched }) };
}
