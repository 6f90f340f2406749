import ts from "typescript";
import { descendants, type Program } from "./program.ts";
import { type Finding, findingAt, findingIn } from "./finding.ts";

export const LIMITS = { fileMedian: 80, fileLines: 300, functionMedian: 10, functionLines: 60, parameters: 2 } as const;

export interface Sizes {
  readonly fileMedian: number;
  readonly functionMedian: number;
  readonly findings: readonly Finding[];
}

/**
 * Lengths of files and functions, and numbers of parameters. Only functions with a block are measured, so that short
 * arrows do not lower the median.
 */
export function checkSizes({ files }: Program): Sizes {
  const functions = files.flatMap((file) => [...descendants(file)].filter(isFunctionWithBlock));
  const fileMedian = median(files.map(fileLines));
  const functionMedian = median(functions.map(lines));
  const findings = [
    ...files.flatMap(checkFile),
    ...functions.flatMap(checkFunction),
    ...files.flatMap((file) => [...descendants(file)].flatMap(checkParameters)),
    ...checkMedian("file", { found: fileMedian, limit: LIMITS.fileMedian }),
    ...checkMedian("function", { found: functionMedian, limit: LIMITS.functionMedian }),
  ];
  return { fileMedian, functionMedian, findings };
}

function isFunctionWithBlock(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return ts.isFunctionLike(node) && "body" in node && node.body !== undefined && ts.isBlock(node.body as ts.Node);
}

function fileLines(file: ts.SourceFile): number {
  return file.text.replace(/\n$/, "").split("\n").length;
}

function lines(node: ts.Node): number {
  return node.getText().split("\n").length;
}

function checkFile(file: ts.SourceFile): readonly Finding[] {
  const count = fileLines(file);
  if (count <= LIMITS.fileLines) return [];
  return [findingIn(file.fileName, { rule: "size", message: `${count} lines, at most ${LIMITS.fileLines}` })];
}

function checkFunction(node: ts.FunctionLikeDeclaration): readonly Finding[] {
  const count = lines(node);
  if (count <= LIMITS.functionLines) return [];
  return [findingAt(node, { rule: "size", message: `function of ${count} lines, at most ${LIMITS.functionLines}` })];
}

/** Constructors take their fields, and the ports in src/host mirror system calls; everything else takes (host, input). */
function checkParameters(node: ts.Node): readonly Finding[] {
  if (!ts.isFunctionLike(node) || ts.isConstructorDeclaration(node)) return [];
  if (node.getSourceFile().fileName.startsWith("src/host/")) return [];
  const count = node.parameters.filter((parameter) => parameter.name.getText() !== "this").length;
  if (count <= LIMITS.parameters) return [];
  return [
    findingAt(node, { rule: "size", message: `${count} parameters, at most ${LIMITS.parameters} (host, input)` }),
  ];
}

function checkMedian(what: string, { found, limit }: { found: number; limit: number }): readonly Finding[] {
  if (found <= limit) return [];
  return [findingIn("src", { rule: "size", message: `the median ${what} has ${found} lines, at most ${limit}` })];
}

/** The middle value; of an even number, the mean of the two in the middle; 0 of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 === 0 ? half - 1 : half], sorted[half]];
  return low === undefined || high === undefined ? 0 : (low + high) / 2;
}
