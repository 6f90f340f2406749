import { placeAt } from "../../formats/text/position.ts";
import { YamlError } from "../../formats/text/source_error.ts";
import { type Comment, insertComments } from "../../formats/yaml/comments.ts";
import { findLostAnchor, isMerged } from "../../formats/yaml/merged.ts";
import { findValue, isNull, listKeys, type YamlNode, type YamlText } from "../../formats/yaml/node.ts";
import { Splicer } from "../../formats/yaml/splice.ts";
import { parseTree } from "../../formats/yaml/tree.ts";
import { hasValue, isMap, type YamlMap, type YamlValue } from "../../formats/yaml/value.ts";

/** What an atmos.yaml is to say besides what it says. */
export interface ConfigEdit {
  /** Keys that are added, deeply; a key with undefined is taken away. */
  readonly values: YamlMap;
  /** Above keys that are added. */
  readonly comments: readonly Comment[];
  /** Lines, without `#`, that a new file begins with. */
  readonly header: readonly string[];
}

/**
 * Returns the text of an atmos.yaml with the edit in it; every byte that the edit does not name stays. The result is
 * read again and compared with the old text before it is returned.
 * @throws {YamlError} for what is no YAML, or cannot be edited without changing something else
 */
export function editConfig(source: string, edit: ConfigEdit): string {
  const before = parseTree(source);
  if (before.root !== undefined && !isNull(before.root) && before.root.kind !== "map") {
    throw new YamlError("it contains no mapping", placeAt(source, before.root.start));
  }
  const values = spellKeys(before.root, edit.values);
  refuseOthers(before, { node: before.root, values });
  const splicer = new Splicer(before);
  splicer.root(values);
  const header = source.trim() === "" ? edit.header.map((line) => `# ${line}\n`).join("") : "";
  const merged = header + splicer.apply();
  const comments = edit.comments.map((comment) => ({ ...comment, path: spelledPath(before.root, comment.path) }));
  const text = insertComments(parseTree(merged), comments);
  prove(before, { after: parseTree(text), values });
  return text;
}

/** The values under the keys that the file has already, whatever their case: atmos.yaml does not tell them apart. */
function spellKeys(map: YamlNode | undefined, values: YamlMap): YamlMap {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]): [string, YamlValue | undefined] => {
      const name = spell(map, key);
      const inner = findValue(map, name);
      return [name, value !== undefined && isMap(value) && inner !== undefined ? spellKeys(inner, value) : value];
    }),
  );
}

/** Refuses what stands where a mapping is to be added to: `auth: !include auth.yaml`. */
function refuseOthers(
  text: YamlText,
  { node, values }: { readonly node: YamlNode | undefined; readonly values: YamlMap },
): void {
  for (const [key, value] of Object.entries(values)) {
    const inner = findValue(node, key);
    if (value === undefined || !isMap(value) || inner === undefined || isNull(inner)) continue;
    if (inner.kind !== "map" || inner.tag !== undefined) {
      throw new YamlError(`"${key}" is not written out as a mapping here`, placeAt(text.source, inner.start));
    }
    refuseOthers(text, { node: inner, values: value });
  }
}

function spelledPath(map: YamlNode | undefined, [key, ...rest]: readonly string[]): readonly string[] {
  if (key === undefined) return [];
  const name = spell(map, key);
  return [name, ...spelledPath(findValue(map, name), rest)];
}

function spell(map: YamlNode | undefined, key: string): string {
  const keys = map?.kind === "map" ? listKeys(map) : [];
  return keys.find((one) => one === key) ?? keys.find((one) => one.toLowerCase() === key.toLowerCase()) ?? key;
}

/** Refuses unless the new text says what is wanted and, apart from that, exactly what the old one said. */
function prove(
  before: YamlText,
  { after, values }: { readonly after: YamlText; readonly values: YamlMap },
): void {
  const { root: old } = before;
  const now = after.root;
  const lost = findLostAnchor(before, after);
  const isRight = now !== undefined &&
    (old === undefined || isNull(old) ? hasValue(now, values) : isMerged({ old, now, desired: values }));
  if (isRight && lost === undefined) return;
  const found = lost === undefined
    ? "the edit would change something else"
    : `the anchor &${lost.anchor} covers what must change, and others use it`;
  throw new YamlError(found, placeAt(before.source, lost?.start ?? 0));
}
