import ts from "typescript";
import type { Program } from "./program.ts";
import { type Finding, findingIn } from "./finding.ts";

const COMMANDS = "src/cli/commands/";

/** A command is a folder: command.ts with its definition and flags, run.ts with `run<Command>`. */
export function checkCommands({ files }: Program): readonly Finding[] {
  const commands = files.filter(({ fileName }) => fileName.startsWith(COMMANDS));
  const folders = Map.groupBy(commands, ({ fileName }) => fileName.slice(COMMANDS.length).split("/")[0]!);
  return [...folders].flatMap(([folder, members]) => checkFolder(folder, members));
}

function checkFolder(folder: string, members: readonly ts.SourceFile[]): readonly Finding[] {
  const path = `${COMMANDS}${folder}`;
  const handler = `run${folder.split("_").map((word) => word[0]?.toUpperCase() + word.slice(1)).join("")}`;
  const wanted = { "command.ts": "definition", "run.ts": handler };
  return Object.entries(wanted).flatMap(([name, symbol]) => {
    const file = members.find(({ fileName }) => fileName === `${path}/${name}`);
    if (file !== undefined && exportedNames(file).includes(symbol)) return [];
    return [findingIn(`${path}/${name}`, { rule: "command", message: `a command's ${name} exports ${symbol}` })];
  });
}

function exportedNames(file: ts.SourceFile): readonly string[] {
  return file.statements.flatMap((statement) => {
    const isExported = ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
    if (!isExported) return [];
    if (ts.isFunctionDeclaration(statement)) return statement.name?.text ?? [];
    return ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.map(({ name }) => name.getText())
      : [];
  });
}
