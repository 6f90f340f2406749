import type { Problem } from "../config/located.ts";

/** File by file in the order in which they were met, each from top to bottom, nothing twice. */
export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const files = [...new Set(problems.map(({ place }) => place.file))];
  const once = new Map(problems.map((one) => [formatProblem(one), one]));
  return [...once.values()].sort((a, b) =>
    files.indexOf(a.place.file) - files.indexOf(b.place.file) || a.place.line - b.place.line ||
    a.place.column - b.place.column
  );
}

/** `file:line:column: path: message`, as compilers and editors write it. */
export function formatProblem({ place, path, message }: Problem): string {
  return `${place.file}:${place.line}:${place.column}: ${path}: ${message}`;
}
