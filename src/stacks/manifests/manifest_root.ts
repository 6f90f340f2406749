import { locateValues } from "../../config/functions/locate_values.ts";
import { parseSource, refuseYamlErrors, type SourceFile } from "../../config/files/source_file.ts";
import type { Located, LocatedMap } from "../../config/values/located.ts";
import { makeMap } from "../../config/values/make_located.ts";
import type { YamlNode } from "../../formats/yaml/node.ts";
import { stackError } from "../settings/stack_error.ts";

/** Returns the mapping that a manifest is. AppErrors of parseSource, and "config-invalid" for anything else. */
export function manifestRoot(path: string, bytes: Uint8Array): LocatedMap {
  return rootOfSource(parseSource(path, bytes), new Map());
}

/** The same of a text that is parsed; some nodes are known to be other values. */
export function rootOfSource(source: SourceFile, values: ReadonlyMap<YamlNode, Located>): LocatedMap {
  const { path } = source;
  const found = refuseYamlErrors(path, () => locateValues(source, { values, keepsFunctions: true }));
  if (found?.kind === "map") return found;
  const place = { file: path, line: 1, column: 1 };
  if (found === undefined || (found.kind === "scalar" && found.value === null)) return makeMap([], place);
  throw stackError({ place: found.place, found: "it must be a mapping (key: value)" });
}
