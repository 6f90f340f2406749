import ts from "typescript";
import { type Finding, findingAt } from "./finding.ts";
import { descendants, type Program } from "./program.ts";

/** Rooms whose errors are the same whatever command they end: what to type is worded in src/cli/output/remedy.ts. */
const WORDLESS = ["src/aws/", "src/kube/", "src/auth/", "src/stacks/"];

/** A command of this program, or a flag that stands in a sentence. */
const COMMAND = /\batmos (?:auth|aws|describe|list|completion)\b/;
const FLAG = /(?<![\w-])--[a-z]/;
/** Other programs have commands and flags of their own. */
const OTHERS = /\b(?:aws [a-z]|kubectl |secret-tool |chmod |security )/;

/** Returns the sentences of lower rooms that name a command or a flag of this program. */
export function checkCommandWords({ files }: Program): readonly Finding[] {
  const rooms = files.filter(({ fileName }) => WORDLESS.some((room) => fileName.startsWith(room)));
  return rooms.flatMap((file) => [...descendants(file)].filter(isSentence).filter(namesCommand).map(refuse));
}

function isSentence(node: ts.Node): node is ts.StringLiteralLike | ts.TemplateExpression {
  return (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) && node.getText().includes(" ");
}

function namesCommand(node: ts.StringLiteralLike | ts.TemplateExpression): boolean {
  const text = ts.isTemplateExpression(node)
    ? [node.head, ...node.templateSpans.map(({ literal }) => literal)].map(({ text }) => text).join("X")
    : node.text;
  return COMMAND.test(text) || (FLAG.test(text) && !OTHERS.test(text) && !/^\s*--/.test(text));
}

function refuse(node: ts.Node): Finding {
  const message = "names a command or flag: give the error a remedy with a part for it (src/remedy.ts)";
  return findingAt(node, { rule: "words", message });
}
