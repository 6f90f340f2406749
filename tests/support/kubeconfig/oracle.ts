import { isCollection, isMap, isScalar, isSeq, type Node, parseDocument, type YAMLMap } from "yaml";

/** What an independent YAML library reads in a kubeconfig: the data, and which lines which entry stands on. */
export interface OracleView {
  readonly data: Record<string, unknown>;
  /** Lines (from 0) of the node at `section/name`, first and last. */
  lines(section: string, name: string): readonly [number, number] | undefined;
  /** Source text of every entry of a section, by name. */
  sources(section: string): ReadonlyMap<string, string>;
  /** Lines of a top-level key with its value. */
  keyLines(key: string): readonly [number, number] | undefined;
}

const OPTIONS = { version: "1.1", merge: true, uniqueKeys: true, keepSourceTokens: true } as const;

export function oracleView(text: string): OracleView {
  // The library's offsets do not count a byte order mark.
  const source = text.replace(/^\uFEFF/, "");
  const document = parseDocument(source, OPTIONS);
  if (document.errors.length > 0) throw document.errors[0]!;
  const root = document.contents;
  const lineOf = (offset: number) => source.slice(0, offset).split("\n").length - 1;
  const items = (section: string) => {
    const list = isMap(root) ? root.get(section, true) : undefined;
    return isSeq(list) ? list.items.filter(isMap) : [];
  };
  const span = (
    node: Node,
  ): [number, number] => [lineOf(node.range![0]), lineOf(Math.max(node.range![0], node.range![1] - 1))];
  return {
    data: (document.toJS() ?? {}) as Record<string, unknown>,
    lines: (section, name) => {
      const found = items(section).find((item) => item.get("name") === name);
      return found === undefined ? undefined : span(found);
    },
    sources: (section) =>
      new Map(
        items(section).map((
          item,
        ) => [String(item.get("name")), source.slice(item.range![0], item.range![1]).trimEnd()]),
      ),
    keyLines: (key) => {
      const pair = isMap(root)
        ? (root as YAMLMap).items.find((item) => isScalar(item.key) && item.key.value === key)
        : undefined;
      if (pair === undefined) return undefined;
      const keyLine = lineOf((pair.key as Node).range![0]);
      const value = pair.value as Node | null;
      return [keyLine, value?.range && !isCollection(value) ? lineOf(value.range[1]) : keyLine];
    },
  };
}
