/** `deno task texts [folder…]`: prints what users may read, by kind, each text with its place in the sources. */
import { parseProgram } from "./lint/program.ts";
import { readSources } from "./lint/source_files.ts";
import { collectTexts, type UserText } from "./texts/collect_texts.ts";

/** Returns a line for each text, sorted by kind and text, so that alike ones stand together. */
export function textLines(texts: readonly UserText[]): readonly string[] {
  const rows = texts.map(({ kind, text, node }) => ({
    line: `${kind.padEnd(7)}  ${JSON.stringify(text).slice(1, -1)}`,
    place: placeOf(node),
  }));
  return rows.map(({ line, place }) => `${line}  (${place})`).sort();
}

function placeOf(node: UserText["node"]): string {
  const file = node.getSourceFile();
  return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

if (import.meta.main) {
  const folders = Deno.args.length === 0 ? ["main.ts", "src"] : Deno.args;
  console.log(textLines(collectTexts(parseProgram(readSources(folders)))).join("\n"));
}
