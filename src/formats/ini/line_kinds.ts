/** What a line of an INI text is to its readers. */
export interface IniLineKind {
  readonly kind: "blank" | "comment" | "header" | "setting" | "continuation";
  /** What it says, without comment and blanks around; "" for a blank line and a comment. */
  readonly content: string;
}

/** What a line below is compared with. */
interface LastLine {
  readonly indent: number;
  readonly isSetting: boolean;
}

/**
 * Tells what each line is, as the AWS CLI does (configparser of Python): only a line that is indented deeper than the
 * setting above continues it; one that is not, however far, is a setting or a header of its own. Tabs count as one.
 * https://docs.python.org/3/library/configparser.html#supported-ini-file-structure
 */
export function classifyLines(lines: readonly string[]): readonly IniLineKind[] {
  let last: LastLine = { indent: 0, isSetting: false };
  return lines.map((line) => {
    const found = classifyLine(line, last);
    if (found.kind === "header" || found.kind === "setting") {
      last = { indent: indentOf(line), isSetting: found.kind === "setting" };
    }
    return found;
  });
}

function classifyLine(line: string, last: LastLine): IniLineKind {
  const content = line.slice(0, commentStart(line)).trim();
  // Neither ends a value: what is indented below still belongs to it.
  if (content === "") return { kind: line.trim() === "" ? "blank" : "comment", content };
  if (last.isSetting && indentOf(line) > last.indent) return { kind: "continuation", content };
  return { kind: content.startsWith("[") ? "header" : "setting", content };
}

/** Where a comment begins, with the blank before it: the SDKs of AWS take one at the end of a line, too. */
export function commentStart(line: string): number {
  const found = line.search(/(?:^|\s)[#;]/);
  return found < 0 ? line.length : found;
}

/** How many blanks a line begins with. */
export function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
