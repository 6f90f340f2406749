import ts from "typescript";
import type { Program } from "./program.ts";
import { type Finding, findingAt } from "./finding.ts";

/** Files that only hand on what other files export. */
export function checkBarrels({ files }: Program): readonly Finding[] {
  return files.filter(isBarrel).map((file) =>
    findingAt(file.statements[0]!, { rule: "barrel", message: "this file only re-exports; import from the real file" })
  );
}

function isBarrel(file: ts.SourceFile): boolean {
  const { statements } = file;
  const onlyPassesOn = statements.every((statement) =>
    ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)
  );
  return onlyPassesOn && statements.some(ts.isExportDeclaration);
}
