import type { FilePosition, Located, LocatedMap } from "../../../config/values/located.ts";
import { yamlString } from "../../../formats/yaml/scalar.ts";
import { printable } from "../../output/text.ts";

/** YAML in which a comment after each value tells its file and line. `root` is what paths are shortened by. */
export function provenanceText(section: LocatedMap, root: string): string {
  return mapLines(section, { root, indent: "" }).map((line) => `${printable(line)}\n`).join("");
}

/** The same as data: each value becomes `{value, file, line}`. */
export function provenanceData(located: Located, root: string): unknown {
  if (located.kind === "scalar") {
    const { file, line } = located.place;
    return { value: located.value, file: shorten(file, root), line };
  }
  if (located.kind === "list") return located.items.map((item) => provenanceData(item, root));
  return Object.fromEntries([...located.entries].map(([name, { value }]) => [name, provenanceData(value, root)]));
}

interface Layout {
  readonly root: string;
  readonly indent: string;
}

function mapLines(map: LocatedMap, layout: Layout): readonly string[] {
  return [...map.entries].flatMap(([name, { value }]) =>
    valueLines(value, { ...layout, start: `${yamlString(name)}:` })
  );
}

/** `start` is the key or dash in front of the value. */
function valueLines(value: Located, { start, ...layout }: Layout & { readonly start: string }): readonly string[] {
  const { root, indent } = layout;
  if (value.kind === "scalar") {
    return [`${indent}${start} ${scalarText(value.value)}  # ${placeText(value.place, root)}`];
  }
  const inner = { root, indent: `${indent}  ` };
  const lines = value.kind === "map"
    ? mapLines(value, inner)
    : value.items.flatMap((item) => valueLines(item, { ...inner, start: "-" }));
  if (lines.length > 0) return [`${indent}${start}`, ...lines];
  return [`${indent}${start} ${value.kind === "map" ? "{}" : "[]"}  # ${placeText(value.place, root)}`];
}

function scalarText(value: string | number | boolean | null): string {
  return typeof value === "string" ? yamlString(value) : JSON.stringify(value);
}

function placeText({ file, line }: FilePosition, root: string): string {
  return `${shorten(file, root)}:${line}`;
}

function shorten(file: string, root: string): string {
  return file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file;
}
