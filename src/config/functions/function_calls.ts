import type { YamlNode } from "../../formats/yaml/node.ts";
import { dottedPath } from "../../formats/text/dotted_path.ts";
import type { SourceFile } from "../files/source_file.ts";
import { foreignTag } from "../values/yaml_tag.ts";

/** A node with a tag that is not YAML's own. */
export interface FunctionCall {
  readonly node: YamlNode;
  readonly tag: string;
  /** Dotted path of the value. */
  readonly path: string;
}

type Path = readonly (string | number)[];

/** All of them, in the order of the file; what is inside one of them is its own business. */
export function functionCalls({ yaml }: SourceFile): readonly FunctionCall[] {
  return yaml.root === undefined ? [] : callsIn(yaml.root, []);
}

function callsIn(node: YamlNode, path: Path): readonly FunctionCall[] {
  const tag = foreignTag(node);
  const readAsItIs = tag === "!literal" && node.kind !== "scalar";
  if (tag !== undefined && !readAsItIs) return [{ node, tag, path: dottedPath(path) }];
  if (node.kind === "seq") return node.items.flatMap((item, at) => callsIn(item, [...path, at]));
  return node.items.flatMap((item, at) => at % 2 === 0 ? [] : callsIn(item, [...path, node.items[at - 1]!.text]));
}
