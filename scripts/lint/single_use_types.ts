import ts from "typescript";
import { descendants } from "./program.ts";
import { type Finding, findingAt } from "./finding.ts";

/** A type of more members, or one that says something of them, is easier to read in a place of its own. */
const MOST_MEMBERS = 4;
const MOST_CHARACTERS = 200;

/**
 * Small types of a file that stand in one signature only: they belong into the signature. A type that is exported,
 * generic or documented, or whose members are, has a reason of its own.
 */
export function singleUseTypes(file: ts.SourceFile): readonly Finding[] {
  const references = Map.groupBy(
    [...descendants(file)].filter(ts.isTypeReferenceNode),
    (node) => node.typeName.getText(),
  );
  return file.statements.filter(isSmallType).flatMap((declaration) => {
    const uses = references.get(declaration.name.text) ?? [];
    if (uses.length !== 1 || !ts.isParameter(uses[0]!.parent)) return [];
    const message = `type ${declaration.name.text} stands in one signature only: inline it`;
    return [findingAt(declaration, { rule: "size", message })];
  });
}

type TypeDeclaration = ts.InterfaceDeclaration | ts.TypeAliasDeclaration;

function isSmallType(node: ts.Statement): node is TypeDeclaration {
  if (!ts.isInterfaceDeclaration(node) && !ts.isTypeAliasDeclaration(node)) return false;
  if (node.modifiers !== undefined || node.typeParameters !== undefined || isDocumented(node)) return false;
  if (node.getText().length > MOST_CHARACTERS) return false;
  return !ts.isInterfaceDeclaration(node) || node.members.length <= MOST_MEMBERS && !node.members.some(isDocumented);
}

function isDocumented(node: ts.Node): boolean {
  return /\/\*\*|\/\//.test(node.getFullText().slice(0, node.getStart() - node.getFullStart()));
}
