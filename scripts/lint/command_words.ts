import ts from "typescript";
import { type Finding, findingAt } from "./finding.ts";
import { descendants, type Program } from "./program.ts";

/** Rooms whose errors are the same whatever command they end: what to type is worded in src/cli/output. */
const WORDLESS = ["src/aws/", "src/kube/", "src/auth/", "src/stacks/"];

/** A command of this program, or a flag that stands in a sentence. */
const COMMAND = /\batmos (?:auth|aws|describe|list|completion)\b/;
const FLAG = /(?<![\w-])--[a-z]/;
/** Other programs have commands and flags of their own. */
const OTHERS = /\b(?:aws [a-z]|kubectl |secret-tool |chmod |security )/;

/** Where commands are typed out: their own help, and what shells source. */
const TYPED_OUT = /\/command\.ts$|^src\/cli\/completion\/\w+_script\.ts$/;
/** One that reads a configuration. */
const READING = /\batmos (?:auth|aws|describe|list)\b/;

/**
 * Returns the sentences of lower rooms that name a command or a flag of this program, and those anywhere that name a
 * command which reads a configuration: as text it is for another one than the command that prints it.
 */
export function checkCommandWords({ files }: Program): readonly Finding[] {
  const sources = files.filter(({ fileName }) => fileName.startsWith("src/") && !TYPED_OUT.test(fileName));
  return sources.flatMap((file) => {
    const isWordless = WORDLESS.some((room) => file.fileName.startsWith(room));
    const names = isWordless ? namesCommandOrFlag : (text: string) => READING.test(text);
    return [...descendants(file)].filter(isSentence).filter((node) => names(textOf(node))).map(refuse);
  });
}

function isSentence(node: ts.Node): node is ts.StringLiteralLike | ts.TemplateExpression {
  return (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) && node.getText().includes(" ");
}

function textOf(node: ts.StringLiteralLike | ts.TemplateExpression): string {
  if (!ts.isTemplateExpression(node)) return node.text;
  return [node.head, ...node.templateSpans.map(({ literal }) => literal)].map(({ text }) => text).join("X");
}

function namesCommandOrFlag(text: string): boolean {
  return COMMAND.test(text) || (FLAG.test(text) && !OTHERS.test(text) && !/^\s*--/.test(text));
}

function refuse(node: ts.Node): Finding {
  const message = "names a command or flag: give the error a remedy with a part for it (src/remedy.ts)";
  return findingAt(node, { rule: "words", message });
}
