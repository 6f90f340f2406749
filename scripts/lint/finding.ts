import type ts from "typescript";

/** One thing a check refuses, at a 1-based position. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly rule: string;
  readonly message: string;
}

export interface Refusal {
  readonly rule: string;
  readonly message: string;
}

/** A finding at the start of a node. */
export function findingAt(node: ts.Node, refusal: Refusal): Finding {
  const source = node.getSourceFile();
  const { line, character } = source.getLineAndCharacterOfPosition(node.getStart(source));
  return { file: source.fileName, line: line + 1, column: character + 1, ...refusal };
}

/** A finding about a file as a whole. */
export function findingIn(file: string, refusal: Refusal): Finding {
  return { file, line: 1, column: 1, ...refusal };
}

export function formatFinding({ file, line, column, rule, message }: Finding): string {
  return `${file}:${line}:${column} ${rule}: ${message}`;
}
