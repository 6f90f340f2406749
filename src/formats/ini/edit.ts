import {
  iniKinds,
  type IniLine,
  iniLines,
  type IniSectionSpan,
  iniSettings,
  type IniSettingSpan,
} from "./edit_layout.ts";
import { commentStart, indentOf } from "./line_kinds.ts";
import { BOM, findRemarks, findSpans, type Lines, remarkIn } from "./remark.ts";
import { renderHeader } from "./section_name.ts";

/** A remark above a section's header: the line `; <mark><text>`. */
interface IniRemark {
  /** What it begins with, which tells it from other comments. */
  readonly mark: string;
  /** undefined: there is to be none. */
  readonly text: string | undefined;
}

export interface IniSectionChange {
  /** The words between the brackets, without quotes. */
  readonly name: string;
  /** What the keys are to be; undefined takes one out. Other keys stay. */
  readonly keys: Readonly<Record<string, string | undefined>>;
  readonly remark?: IniRemark;
}

interface IniSectionName {
  readonly name: string;
  /** Remarks above the header that belong to the section. */
  readonly mark?: string;
}

/**
 * The text with some keys of one section set, the section added at the end when there is none. Every other byte stays.
 * The text must be one that `parseIni` reads. Throws RangeError for a name or value that the format cannot hold; its
 * message has the key, never the value.
 */
export function setIniSection(text: string, change: IniSectionChange): string {
  refuseUnwritable(change);
  return editLine(text, (lines) => {
    const spans = findSpans(lines, change.name);
    const used = findUsed(spans);
    if (used === undefined) return append(lines, change);
    // The later ones first, so that earlier numbers of lines still hold.
    return spans.reverse().reduce(
      (now, span) => changeLine(now, { span, change: span === used ? change : withdrawn(change) }),
      lines,
    );
  });
}

/** The first of those that are read: another spelling of the name takes the place of all that stand above it. */
function findUsed(spans: readonly IniSectionSpan[]): IniSectionSpan | undefined {
  return spans[spans.findLastIndex(({ written }) => written !== spans.at(-1)!.written) + 1];
}

/**
 * The text without the section, wherever it comes, and without its remarks. Comments of others stay, and so does the
 * blank line between neighbours. What {@link setIniSection} added, this takes away again to the byte.
 */
export function removeIniSection(text: string, { name, mark }: IniSectionName): string {
  return editLine(
    text,
    (lines) => findSpans(lines, name).reverse().reduce((now, span) => removeLines(now, { span, mark }), lines),
  );
}

function editLine(text: string, edit: (lines: Lines) => Lines): string {
  const bom = text.startsWith(BOM) ? BOM : "";
  return bom + edit(iniLines(text.slice(bom.length))).map((line) => line.text + line.end).join("");
}

function append(lines: Lines, change: IniSectionChange): Lines {
  const newline = detectNewline(lines);
  const added = [
    ...remarkLine(change.remark),
    `[${renderHeader(change.name)}]`,
    ...Object.entries(change.keys).flatMap(([key, value]) => value === undefined ? [] : [`${key} = ${value}`]),
  ];
  const last = lines.at(-1);
  if (last === undefined) return added.map((text) => ({ text, end: newline }));
  const old = [...lines.slice(0, -1), { text: last.text, end: last.end || newline }, { text: "", end: newline }];
  const fresh = added.map((text, at) => ({ text, end: at < added.length - 1 ? newline : last.end && newline }));
  return [...old, ...fresh];
}

/** The same change for a section that comes again: there its keys and its remark go. */
function withdrawn({ name, keys, remark }: IniSectionChange): IniSectionChange {
  const gone = Object.fromEntries(Object.keys(keys).map((key) => [key, undefined]));
  return { name, keys: gone, ...(remark === undefined ? {} : { remark: { mark: remark.mark, text: undefined } }) };
}

interface Spanned {
  readonly span: IniSectionSpan;
  readonly change: IniSectionChange;
}

/** The parts of the section's lines, one after the other: comments above, header, settings and comments, new keys. */
function changeLine(lines: Lines, { span, change }: Spanned): Lines {
  const newline = detectNewline(lines);
  const settings = iniSettings(lines, span);
  const body = lines.slice(span.header + 1, span.end).flatMap((line, offset) => {
    const at = span.header + 1 + offset;
    const setting = settings.find(({ start, end }) => at >= start && at < end);
    if (setting !== undefined) return settingLines({ line, at, setting, change, settings });
    // With the key under it gone, a stray remark would be the next section's.
    return change.remark !== undefined && remarkIn(line, change.remark.mark) !== undefined ? [] : [line];
  });
  const there = new Set(settings.map(({ key }) => key));
  const indent = freshIndent(lines, { span, settings });
  const fresh = Object.entries(change.keys).flatMap(([key, value]) =>
    value === undefined || there.has(key) ? [] : [{ text: `${indent}${key} = ${value}`, end: newline }]
  );
  const mine = [...above(lines, { span, change }), lines[span.header]!, ...body, ...fresh];
  return [...lines.slice(0, span.start), ...endedAs(mine, lines[span.end - 1]!), ...lines.slice(span.end)];
}

/** The blanks before a new key: with fewer, an indented header below would continue it; with more, it the key above. */
function freshIndent(
  lines: Lines,
  { span, settings }: { readonly span: IniSectionSpan; readonly settings: readonly IniSettingSpan[] },
): string {
  const model = lines[settings.at(-1)?.start ?? nextHeader(lines, span.end)];
  return model === undefined ? "" : model.text.slice(0, indentOf(model.text));
}

/** The number of the line of the header after a section; -1 after the last one. */
function nextHeader(lines: Lines, end: number): number {
  const found = iniKinds(lines.slice(end)).findIndex(({ kind }) => kind === "header");
  return found < 0 ? found : end + found;
}

interface SettingLine {
  readonly line: IniLine;
  readonly at: number;
  readonly setting: IniSettingSpan;
  readonly settings: readonly IniSettingSpan[];
  readonly change: IniSectionChange;
}

/** Of a key that is there twice the last one counts, so that one gets the value and the others go. */
function settingLines({ line, at, setting, settings, change }: SettingLine): Lines {
  if (!Object.hasOwn(change.keys, setting.key)) return [line];
  const value = change.keys[setting.key];
  if (value === undefined || settings.findLast(({ key }) => key === setting.key) !== setting) return [];
  if (at > setting.start) return [];
  const { before, old, after } = splitLine(line.text);
  return old === value && setting.end === at + 1 ? [line] : [{ text: `${before}${value}${after}`, end: line.end }];
}

/** `key = `, the value, and what follows it: blanks and a comment. */
function splitLine(line: string): { before: string; old: string; after: string } {
  const said = line.slice(0, commentStart(line)).trimEnd();
  const before = /^\s*[^=:]+[=:]\s*/.exec(said)![0];
  return { before, old: said.slice(before.length), after: line.slice(said.length) };
}

/** The comments above the header, with the remark as it is to be. */
function above(lines: Lines, { span, change }: Spanned): Lines {
  const { remark } = change;
  const comments = lines.slice(span.start, span.header);
  if (remark === undefined) return comments;
  const [wanted] = remarkLine(remark);
  const first = comments.findIndex((line) => remarkIn(line, remark.mark) !== undefined);
  const kept = comments.filter((line, at) => at === first || remarkIn(line, remark.mark) === undefined);
  if (wanted === undefined) return kept.filter((line) => remarkIn(line, remark.mark) === undefined);
  if (first < 0) return [...comments, { text: wanted, end: detectNewline(lines) }];
  const same = remarkIn(comments[first]!, remark.mark) === remark.text;
  return kept.map((line) => !same && line === comments[first] ? { text: wanted, end: line.end } : line);
}

/** Lines that take the place of others: whatever is last ends as theirs did. */
function endedAs(lines: Lines, old: IniLine): Lines {
  const newline = detectNewline(lines);
  return lines.map((line, at) => {
    if (at === lines.length - 1) return old.end === "" ? { text: line.text, end: "" } : line;
    return line.end === "" ? { text: line.text, end: newline } : line;
  });
}

function removeLines(lines: Lines, { span, mark }: { span: IniSectionSpan; mark: string | undefined }): Lines {
  const remarks = mark === undefined ? [] : findRemarks(lines, { span, mark });
  const before = lines.slice(0, span.header).filter((_, at) => !remarks.includes(at));
  const after = keepHeader(before, lines.slice(span.end));
  const blank = (line: IniLine | undefined) => line !== undefined && line.text.trim() === "";
  if (after.length > 0) return [...before, ...(blank(after[0]) ? after.slice(1) : after)];
  const rest = blank(before.at(-1)) ? before.slice(0, -1) : before;
  const cut = lines.at(-1)!.end === "";
  return cut ? rest.map((line, at) => at === rest.length - 1 ? { text: line.text, end: "" } : line) : rest;
}

/** The lines after a section that goes: their header must not come to continue the setting that is above it then. */
function keepHeader(before: Lines, after: Lines): Lines {
  const header = nextHeader(after, 0);
  const kinds = iniKinds([...before, ...after]);
  if (header < 0 || kinds[before.length + header]!.kind === "header") return after;
  return after.map((line, at) => at === header ? { text: line.text.trimStart(), end: line.end } : line);
}

function remarkLine(remark: IniRemark | undefined): readonly string[] {
  return remark?.text === undefined ? [] : [`; ${remark.mark}${remark.text}`];
}

function detectNewline(lines: Lines): string {
  return lines.find(({ end }) => end !== "")?.end ?? "\n";
}

/** What stands in [DEFAULT] stands in every section to readers with Python's configparser. */
function refuseUnwritable({ name, keys, remark }: IniSectionChange): void {
  if (name === "DEFAULT" || /[\p{Cc}[\]\\"']|(?:^|\s)[#;]|^ | $| {2}|[^\S ]|^$/u.test(name)) {
    throw new RangeError(`"${name}" cannot be the name of a section`);
  }
  for (const [key, value] of Object.entries({ ...keys, [remark?.mark ?? ""]: remark?.text })) {
    if (value !== undefined && (/[\r\n]|(?:^|\s)[#;]|^\s|\s$/.test(value) || value === "")) {
      throw new RangeError(`the value of "${key}" cannot be written to an INI file`);
    }
  }
}
