import { AppError } from "../../errors.ts";
import { classifyLines, type IniLineKind } from "./line_kinds.ts";
import { canonicalHeader, readHeader } from "./section_name.ts";

/** A value is text, or the `key = value` lines that stand indented below a key without a value. */
export type IniValue = string | IniBlock;
type IniBlock = ReadonlyMap<string, string>;
/** Keys are lower case, except in blocks; of a key that is there twice the last one counts. */
export type IniSection = ReadonlyMap<string, IniValue>;
/** Sections by what is between their brackets, as `canonicalHeader` has it, in the order of their last headers. */
export type IniFile = ReadonlyMap<string, IniSection>;

interface Open {
  readonly sections: Map<string, Map<string, IniValue>>;
  /** How the last header of each section is written. */
  readonly spellings: Map<string, string>;
  section?: Map<string, IniValue>;
  setting?: Setting;
}

/** A setting whose value may go on in the next line. */
interface Setting {
  readonly section: Map<string, IniValue>;
  readonly key: string;
  readonly lines: Line[];
}

interface Line {
  readonly text: string;
  readonly number: number;
  readonly file: string;
}

interface RawLine extends Line {
  readonly raw: string;
  readonly kind: IniLineKind["kind"];
}

/**
 * Reads the INI dialect of ~/.aws/config and ~/.aws/credentials as the AWS CLI does, plus comments at the end of a
 * line (after a blank), which other SDKs take: `#` and `;` comments, nested blocks, continuation lines, sections that
 * come twice are one, while of two spellings of a name the later one counts alone. Follows
 * https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 *
 * `file` is the name that errors carry. Throws AppError "config-invalid" with the line; never quotes the line
 * itself, which may hold a key.
 */
export function parseIni(text: string, file: string): IniFile {
  const open: Open = { sections: new Map(), spellings: new Map() };
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  classifyLines(lines).forEach(({ kind, content }, at) => {
    readLine(open, { raw: lines[at]!, kind, text: content, number: at + 1, file });
  });
  closeSetting(open);
  return open.sections;
}

function readLine(open: Open, line: RawLine): void {
  if (line.kind === "header") return openSection(open, line);
  if (line.kind === "setting") return openSetting(open, line);
  if (line.kind !== "comment") open.setting?.lines.push(line);
}

function openSection(open: Open, line: RawLine): void {
  closeSetting(open);
  const written = readHeader(line.raw);
  if (written === undefined) throw invalid(line, "a section header is [name], with nothing after it");
  const name = canonicalHeader(written);
  const section = open.spellings.get(name) === written ? open.sections.get(name)! : new Map<string, IniValue>();
  open.spellings.set(name, written);
  // The last place is the one that tells which of [default] and [profile default] counts.
  open.sections.delete(name);
  open.sections.set(name, section);
  open.section = section;
}

function openSetting(open: Open, line: Line): void {
  closeSetting(open);
  const [key, value] = splitAt(line.text, line.text.search(/[=:]/));
  if (key === "") throw invalid(line, 'there is neither "key = value" nor a [section]');
  if (open.section === undefined) throw invalid(line, "there is a setting before the first [section]");
  open.setting = { section: open.section, key: key.toLowerCase(), lines: [{ ...line, text: value }] };
}

function closeSetting(open: Open): void {
  if (open.setting === undefined) return;
  const { section, key, lines } = open.setting;
  section.set(key, readValue(lines));
  delete open.setting;
}

function readValue(lines: readonly Line[]): IniValue {
  const text = lines.map((line) => line.text).join("\n").trimEnd();
  return text.startsWith("\n") ? new Map(lines.filter((line) => line.text !== "").map(readPair)) : text;
}

/** A line of a block, where the AWS CLI knows no ":" and tells upper case from lower. */
function readPair(line: Line): [string, string] {
  const [key, value] = splitAt(line.text, line.text.indexOf("="));
  if (key === "") throw invalid(line, 'below a key without a value there is no "key = value"');
  return [key, value];
}

/** Without an expression, which a line of blanks would make slow. */
function splitAt(text: string, at: number): [key: string, value: string] {
  return at < 0 ? ["", ""] : [text.slice(0, at).trimEnd(), text.slice(at + 1).trimStart()];
}

function invalid(line: Line, found: string): AppError {
  return new AppError("config-invalid", `Cannot read AWS settings "${line.file}": line ${line.number}: ${found}`, {
    hint: `Fix line ${line.number} of ${line.file}`,
    place: { file: line.file, line: line.number, column: 1 },
  });
}
