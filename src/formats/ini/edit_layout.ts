import { classifyLines, type IniLineKind } from "./line_kinds.ts";
import { canonicalHeader, readHeader } from "./section_name.ts";

/** A line and the break that ends it; the last one may have none. */
export interface IniLine {
  readonly text: string;
  readonly end: string;
}

/** Where a section stands, in numbers of lines. */
export interface IniSectionSpan {
  /** As `parseIni` names it. */
  readonly name: string;
  /** As it stands between the brackets. */
  readonly written: string;
  /** The first of the comment lines right above the header, or the header itself. */
  readonly start: number;
  readonly header: number;
  /** After the last line that says something in the section. */
  readonly end: number;
}

/** A setting and the lines that continue it. */
export interface IniSettingSpan {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

/** The lines of a text; put together, they are the text again. */
export function iniLines(text: string): readonly IniLine[] {
  return [...text.matchAll(/([^\r\n]*)(\r\n|\r|\n|$)/g)]
    .map(([, line, end]) => ({ text: line!, end: end! }))
    .filter(({ text, end }) => text !== "" || end !== "");
}

/** What each line is, as `parseIni` reads it. */
export function iniKinds(lines: readonly IniLine[]): readonly IniLineKind[] {
  return classifyLines(lines.map(({ text }) => text));
}

/** The sections in the order of the text; one that comes twice is there twice. */
export function iniSections(lines: readonly IniLine[]): readonly IniSectionSpan[] {
  const kinds = iniKinds(lines);
  const headers = kinds.flatMap(({ kind }, at) => kind === "header" ? [at] : []);
  return headers.map((header, order) => {
    const written = readHeader(lines[header]!.text) ?? "";
    const body = kinds.slice(header, headers[order + 1]);
    const end = header + body.findLastIndex(({ content }) => content !== "") + 1;
    return { name: canonicalHeader(written), written, start: remarksStart(kinds, header), header, end };
  });
}

function remarksStart(kinds: readonly IniLineKind[], header: number): number {
  let start = header;
  while (start > 0 && kinds[start - 1]!.kind === "comment") start--;
  return start;
}

/** The settings of a section, each with what continues it. */
export function iniSettings(lines: readonly IniLine[], { header, end }: IniSectionSpan): readonly IniSettingSpan[] {
  const settings: IniSettingSpan[] = [];
  iniKinds(lines.slice(header, end)).forEach(({ kind, content }, offset) => {
    const at = header + offset;
    const last = settings.at(-1);
    if (kind === "setting") {
      settings.push({ key: /^[^=:]*/.exec(content)![0].trim().toLowerCase(), start: at, end: at + 1 });
    } else if (kind === "continuation") settings[settings.length - 1] = { ...last!, end: at + 1 };
  });
  return settings;
}
