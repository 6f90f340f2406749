import ts from "typescript";
import { descendants } from "./program.ts";

/** One mention of another module. */
export interface Import {
  readonly node: ts.Node;
  /** undefined when the argument of import() is not a literal. */
  readonly specifier: string | undefined;
  readonly lazy: boolean;
  readonly typeOnly: boolean;
}

/** Every import, re-export, import() and import type of a file. */
export function importsOf(file: ts.SourceFile): readonly Import[] {
  return [...descendants(file)].flatMap((node) => importAt(node) ?? []);
}

function importAt(node: ts.Node): Import | undefined {
  if (ts.isImportDeclaration(node)) {
    return { node, specifier: literal(node.moduleSpecifier), lazy: false, typeOnly: importsTypesOnly(node) };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
    return { node, specifier: literal(node.moduleSpecifier), lazy: false, typeOnly: node.isTypeOnly };
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return { node, specifier: literal(node.arguments[0]), lazy: true, typeOnly: false };
  }
  if (ts.isImportTypeNode(node)) {
    const argument = ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
    return { node, specifier: literal(argument), lazy: false, typeOnly: true };
  }
  if (ts.isExternalModuleReference(node)) {
    return { node, specifier: literal(node.expression), lazy: false, typeOnly: false };
  }
  return undefined;
}

function importsTypesOnly(node: ts.ImportDeclaration): boolean {
  const clause = node.importClause;
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const named = clause.namedBindings;
  return clause.name === undefined && named !== undefined && ts.isNamedImports(named) &&
    named.elements.length > 0 && named.elements.every((element) => element.isTypeOnly);
}

function literal(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteral(node) ? node.text : undefined;
}

/** The repository path that a relative specifier means, seen from a file. */
export function resolvePath(file: string, specifier: string): string {
  const parts = file.split("/").slice(0, -1);
  for (const part of specifier.split("/")) {
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}

export function isRelative(specifier: string): boolean {
  return /^\.{1,2}\//.test(specifier);
}
