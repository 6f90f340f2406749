import { parseSource, type SourceFile } from "../../config/files/source_file.ts";
import type { Located, LocatedMap } from "../../config/values/located.ts";
import { makeMap } from "../../config/values/make_located.ts";
import type { YamlNode } from "../../formats/yaml/node.ts";
import type { Includer } from "../settings/includer.ts";
import { stackError } from "../settings/stack_error.ts";

/**
 * Returns the mapping that a manifest is, with the files that it includes. AppErrors of parseSource, and
 * "config-invalid" for anything else.
 */
export async function manifestRoot(includer: Includer, path: string, bytes: Uint8Array): Promise<LocatedMap> {
  return await rootOfSource(includer, parseSource(path, bytes), new Map());
}

/** The same of a text that is parsed; some nodes are known to be other values. */
export async function rootOfSource(
  includer: Includer,
  source: SourceFile,
  values: ReadonlyMap<YamlNode, Located>,
): Promise<LocatedMap> {
  const { path } = source;
  const found = await includer.locate(source, { values });
  if (found?.kind === "map") return found;
  const place = { file: path, line: 1, column: 1 };
  if (found === undefined || (found.kind === "scalar" && found.value === null)) return makeMap([], place);
  throw stackError({ place: found.place, found: "it must be a mapping (key: value)" });
}
