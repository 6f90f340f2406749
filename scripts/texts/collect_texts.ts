import ts from "typescript";
import { descendants, type Program } from "../lint/program.ts";

/** What a text is for, as far as its place in the sources shows. */
export type TextKind = "error" | "hint" | "cause" | "summary" | "example" | "output" | "log" | "text";

/** A text of the sources that a user may read. */
export interface UserText {
  readonly kind: TextKind;
  /** With `{expression}` for what is filled in. */
  readonly text: string;
  readonly node: ts.Node;
}

/** Returns every text with words in it, in the order of the sources; no names, patterns or texts for other programs. */
export function collectTexts({ files }: Program): readonly UserText[] {
  return files.flatMap((file) =>
    [...descendants(file)].filter(isWhole).flatMap((node) => {
      const text = textOf(node);
      return hasWords(text) ? [{ kind: findKind(node), text, node }] : [];
    })
  );
}

type TextNode = ts.StringLiteral | ts.NoSubstitutionTemplateLiteral | ts.TemplateExpression;

/** Texts, but for specifiers of modules and types, and texts that are compared or looked up. */
function isWhole(node: ts.Node): node is TextNode {
  if (!ts.isStringLiteral(node) && !ts.isNoSubstitutionTemplateLiteral(node) && !ts.isTemplateExpression(node)) {
    return false;
  }
  const { parent } = node;
  return !ts.isImportDeclaration(parent) && !ts.isLiteralTypeNode(parent) && !isKey(node) &&
    !ts.isElementAccessExpression(parent) && !isComparison(parent);
}

function isKey(node: ts.Node): boolean {
  return ts.isPropertyAssignment(node.parent) && node.parent.name === node;
}

function isComparison(node: ts.Node): boolean {
  return ts.isBinaryExpression(node) && /^[!=]==$/.test(node.operatorToken.getText());
}

function textOf(node: TextNode): string {
  if (!ts.isTemplateExpression(node)) return node.text;
  return node.head.text +
    node.templateSpans.map(({ expression, literal }) => `{${expression.getText()}}${literal.text}`).join("");
}

/** Two words at least, next to each other; what is on many lines is a script or a file for other programs. */
function hasWords(text: string): boolean {
  return /[A-Za-z]{2,},? [a-z]{2,}/.test(text) && text.trim().split("\n").length < 3;
}

const PROPERTIES: Readonly<Record<string, TextKind>> = {
  hint: "hint",
  summary: "summary",
  says: "example",
  line: "example",
  found: "cause",
};

/** The kind that the nearest call or property around a text gives to it. */
function findKind(node: ts.Node): TextKind {
  for (let inner = node; inner.parent !== undefined && !ts.isBlock(inner.parent); inner = inner.parent) {
    const kind = kindAt(inner);
    if (kind !== undefined) return kind;
  }
  return "text";
}

function kindAt(node: ts.Node): TextKind | undefined {
  const { parent } = node;
  if (ts.isPropertyAssignment(parent)) return PROPERTIES[parent.name.getText().replaceAll('"', "")];
  if (ts.isVariableDeclaration(parent)) return PROPERTIES[parent.name.getText()];
  if (ts.isNewExpression(parent) && parent.expression.getText() === "AppError") return "error";
  if (!ts.isCallExpression(parent)) return undefined;
  const called = parent.expression.getText();
  if (/\.(?:out|err|spin)$/.test(called)) return "output";
  return /log\??\.tell$/.test(called) ? "log" : undefined;
}
