import ts from "typescript";

export interface LineCount {
  readonly file: string;
  readonly found: number;
  readonly hit: number;
}

/** Lines per file of an LCOV report; a file that is reported twice has each line hit when either part hit it. */
export function readLcov(text: string): readonly LineCount[] {
  const lines = new Map<string, Map<string, boolean>>();
  for (const record of text.split("end_of_record")) {
    const file = /^SF:(.*)$/m.exec(record)?.[1];
    if (file === undefined) continue;
    const known = lines.get(file) ?? new Map<string, boolean>();
    for (const [, line, count] of record.matchAll(/^DA:(\d+),(\d+)/gm)) {
      known.set(line!, known.get(line!) === true || count !== "0");
    }
    lines.set(file, known);
  }
  return [...lines].map(([file, hits]) => ({ file, found: hits.size, hit: [...hits.values()].filter(Boolean).length }));
}

/** A file that no test loaded is in no report: its lines of code count as not covered. Types alone are no code. */
export function neverLoaded(file: string, text: string): LineCount {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const code = source.statements.filter((statement) =>
    !ts.isInterfaceDeclaration(statement) && !ts.isTypeAliasDeclaration(statement) && !ts.isImportDeclaration(statement)
  );
  return { file, found: code.map((node) => node.getText().split("\n").length).reduce((a, b) => a + b, 0), hit: 0 };
}

/** Percent of the lines that were hit; 100 when there are none. */
export function linePercent(counts: readonly LineCount[]): number {
  const found = counts.reduce((sum, count) => sum + count.found, 0);
  const hit = counts.reduce((sum, count) => sum + count.hit, 0);
  return found === 0 ? 100 : 100 * hit / found;
}
