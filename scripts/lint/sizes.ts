import ts from "typescript";
import { descendants, type Program } from "./program.ts";
import { type Finding, findingAt, findingIn } from "./finding.ts";
import { singleUseTypes } from "./single_use_types.ts";

export const LIMITS = {
  /** The median file is a unit of thought: neither a function nor a chapter. */
  fileMedian: { least: 50, most: 80 },
  fileLines: 300,
  /** Files of at most so many lines count as short ones, and there are at most so many of them. */
  shortFile: 15,
  shortFiles: 40,
  /** Files directly in one folder. */
  folderFiles: 27,
  functionMedian: 10,
  functionLines: 60,
  parameters: 3,
} as const;

/** Everything that is counted, for `deno task sizes` to print. */
export interface Counts {
  readonly files: number;
  readonly fileMedian: number;
  readonly longestFile: number;
  readonly shortFiles: number;
  readonly fullestFolder: { readonly path: string; readonly files: number };
  readonly functionMedian: number;
  readonly mostParameters: number;
  readonly singleUseTypes: number;
}

/**
 * Counts what the sources are made of, and the findings where a limit is passed. Only functions with a block are
 * measured, so that short arrows do not lower the median.
 */
export function checkSizes({ files }: Program): { readonly counts: Counts; readonly findings: readonly Finding[] } {
  const functions = files.flatMap((file) => [...descendants(file)].filter(isFunctionWithBlock));
  const signatures = files.flatMap((file) => [...descendants(file)].filter(isLimited));
  const inlined = files.flatMap(singleUseTypes);
  const counts: Counts = {
    files: files.length,
    fileMedian: median(files.map(fileLines)),
    longestFile: Math.max(0, ...files.map(fileLines)),
    shortFiles: files.filter((file) => fileLines(file) <= LIMITS.shortFile).length,
    fullestFolder: fullestFolder(files),
    functionMedian: median(functions.map(lines)),
    mostParameters: Math.max(0, ...signatures.map(parameterCount)),
    singleUseTypes: inlined.length,
  };
  const findings = [
    ...files.flatMap(checkFile),
    ...functions.flatMap(checkFunction),
    ...signatures.flatMap(checkParameters),
    ...inlined,
    ...checkCounts(counts),
  ];
  return { counts, findings };
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

function fullestFolder(files: readonly ts.SourceFile[]): Counts["fullestFolder"] {
  const folders = Map.groupBy(files, ({ fileName }) => fileName.slice(0, fileName.lastIndexOf("/")));
  return [...folders].map(([path, { length }]) => ({ path, files: length }))
    .reduce((most, folder) => folder.files > most.files ? folder : most, { path: "", files: 0 });
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

/** Constructors take their fields, and the ports in src/host mirror system calls; for everything else the limit holds. */
function isLimited(node: ts.Node): node is ts.SignatureDeclaration {
  return ts.isFunctionLike(node) && !ts.isConstructorDeclaration(node) &&
    !node.getSourceFile().fileName.startsWith("src/host/");
}

function named({ parameters }: ts.SignatureDeclaration): readonly string[] {
  return parameters.map(({ name }) => name.getText()).filter((name) => name !== "this");
}

function parameterCount(node: ts.SignatureDeclaration): number {
  return named(node).length;
}

/** Effects come first, so that a signature begins with what it may do. */
function checkParameters(node: ts.SignatureDeclaration): readonly Finding[] {
  const refuse = (message: string) => [findingAt(node, { rule: "size", message })];
  const count = parameterCount(node);
  if (count > LIMITS.parameters) return refuse(`${count} parameters, at most ${LIMITS.parameters} (host, input, …)`);
  return named(node).indexOf("host") > 0 ? refuse("host is not the first parameter") : [];
}

/** The limits of the whole; a handful of files has no median worth a lower limit, and no folder to fill. */
function checkCounts(counts: Counts): readonly Finding[] {
  const { fileMedian, functionMedian, shortFiles, fullestFolder } = counts;
  const refuse = (wrong: boolean, message: string) => wrong ? [findingIn("src", { rule: "size", message })] : [];
  const { least, most } = LIMITS.fileMedian;
  return [
    ...refuse(fileMedian > most, `the median file has ${fileMedian} lines, at most ${most}`),
    ...refuse(
      counts.files > LIMITS.shortFiles && fileMedian < least,
      `the median file has ${fileMedian} lines, at least ${least}: merge what is only read together`,
    ),
    ...refuse(
      functionMedian > LIMITS.functionMedian,
      `the median function has ${functionMedian} lines, at most ${LIMITS.functionMedian}`,
    ),
    ...refuse(
      shortFiles > LIMITS.shortFiles,
      `${shortFiles} files have ${LIMITS.shortFile} lines or less, at most ${LIMITS.shortFiles}`,
    ),
    ...refuse(
      fullestFolder.files > LIMITS.folderFiles,
      `${fullestFolder.path} has ${fullestFolder.files} files, at most ${LIMITS.folderFiles}`,
    ),
  ];
}

/** The middle value; of an even number, the mean of the two in the middle; 0 of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 === 0 ? half - 1 : half], sorted[half]];
  return low === undefined || high === undefined ? 0 : (low + high) / 2;
}
