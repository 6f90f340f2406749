import { AppError } from "../../errors.ts";

/** A value is text, or the `key = value` lines that stand indented below a key without a value. */
type IniValue = string | IniBlock;
type IniBlock = ReadonlyMap<string, string>;
/** Keys are lower case; of a key that is there twice the last one counts. */
export type IniSection = ReadonlyMap<string, IniValue>;
/** Sections by the words between their brackets, blanks collapsed and quotes removed: `profile dev`. */
export type IniFile = ReadonlyMap<string, IniSection>;

interface Open {
  readonly sections: Map<string, Map<string, IniValue>>;
  section?: Map<string, IniValue>;
  /** The key that an indented line belongs to. */
  key?: string;
}

interface Line {
  readonly text: string;
  readonly number: number;
  readonly file: string;
}

/**
 * Reads the INI dialect of ~/.aws/config and ~/.aws/credentials: `#` and `;` comments (also at the end of a line,
 * after a blank), nested blocks, continuation lines, sections that come twice are one. Follows
 * https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 *
 * `file` is the name that errors carry. Throws AppError "config-invalid" with the line; never quotes the line
 * itself, which may hold a key.
 */
export function parseIni(text: string, file: string): IniFile {
  const open: Open = { sections: new Map() };
  text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/).forEach((raw, at) => {
    readLine(open, { text: raw, number: at + 1, file });
  });
  return open.sections;
}

function readLine(open: Open, line: Line): void {
  const text = line.text.replace(/(^|\s)[#;].*$/, "").trimEnd();
  const content = text.trimStart();
  if (content === "") return;
  if (content.startsWith("[")) return openSection(open, { ...line, text: content });
  if (text !== content && open.key !== undefined) return continueKey(open, { ...line, text: content });
  return setKey(open, { ...line, text: content });
}

function openSection(open: Open, line: Line): void {
  const inside = /^\[([^\]]+)\]$/.exec(line.text)?.[1];
  const name = inside?.trim().replaceAll(/["']/g, "").replaceAll(/\s+/g, " ");
  if (!name) throw invalid(line, "a section header is [name], with nothing after it");
  const section = open.sections.get(name) ?? new Map<string, IniValue>();
  open.sections.set(name, section);
  open.section = section;
  delete open.key;
}

function setKey(open: Open, line: Line): void {
  const [key, value] = pair(line);
  if (open.section === undefined) throw invalid(line, "there is a setting before the first [section]");
  open.section.set(key, value);
  open.key = key;
}

/** An indented line: a setting of the block when the key above has no value of its own, else more of that value. */
function continueKey(open: Open, line: Line): void {
  const { section, key } = open;
  if (section === undefined || key === undefined) return;
  const before = section.get(key) ?? "";
  if (typeof before === "string" && before !== "") section.set(key, `${before}\n${line.text}`);
  else section.set(key, new Map([...(typeof before === "string" ? [] : before), pair(line)]));
}

function pair(line: Line): [string, string] {
  const found = /^([^=:]+?)\s*[=:]\s*(.*)$/s.exec(line.text);
  if (found === null) throw invalid(line, 'there is neither "key = value" nor a [section]');
  return [found[1]!.toLowerCase(), found[2]!];
}

function invalid(line: Line, found: string): AppError {
  return new AppError("config-invalid", `Cannot read AWS settings "${line.file}": line ${line.number}: ${found}`, {
    hint: `Fix line ${line.number} of ${line.file}`,
    place: { file: line.file, line: line.number, column: 1 },
  });
}
