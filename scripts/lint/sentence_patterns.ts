import ts from "typescript";
import { type Finding, findingAt } from "./finding.ts";
import { descendants, type Program } from "./program.ts";

/** What of a pattern is no word: escapes, properties of characters, classes, and names of groups. */
const NO_WORDS = /\\[pP]\{[^}]*\}|\\u\{?\w+\}?|\\x\w\w|\\.|\[(?:\\.|[^\]])*\]|\(\?<\w+>/gu;

/** Returns the patterns of src/cli/output that look for words: what a sentence says is data until it is rendered. */
export function checkSentencePatterns({ files }: Program): readonly Finding[] {
  const rooms = files.filter(({ fileName }) => fileName.startsWith("src/cli/output/"));
  return rooms.flatMap((file) => [...descendants(file)].filter((node) => seeksWords(node)).map(refuse));
}

function seeksWords(node: ts.Node): boolean {
  if (ts.isNewExpression(node)) return node.expression.getText() === "RegExp";
  if (!ts.isRegularExpressionLiteral(node)) return false;
  const source = node.text.slice(1, node.text.lastIndexOf("/"));
  return /\p{L}{2}/u.test(source.replaceAll(NO_WORDS, " "));
}

function refuse(node: ts.Node): Finding {
  const message = "looks for words in a text: let it be data until it is rendered (src/remedy.ts)";
  return findingAt(node, { rule: "patterns", message });
}
