/** A line and the break that ends it; the last one may have none. */
export interface IniLine {
  readonly text: string;
  readonly end: string;
}

/** Where a section stands, in numbers of lines. */
export interface IniSectionSpan {
  /** As `parseIni` names it. */
  readonly name: string;
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

/** What a line says, without comment and blanks. */
function iniContent({ text }: IniLine): string {
  return text.replace(/(^|\s)[#;].*$/, "").trim();
}

/** A section's name as `parseIni` has it: no quotes, single blanks. */
export function iniName(written: string): string {
  return written.trim().replaceAll(/["']/g, "").replaceAll(/\s+/g, " ");
}

/** The sections in the order of the text; one that comes twice is there twice. */
export function iniSections(lines: readonly IniLine[]): readonly IniSectionSpan[] {
  const headers = lines.flatMap((line, at) => iniContent(line).startsWith("[") ? [at] : []);
  return headers.map((header, order) => {
    const written = /^\[([^\]]*)\]$/.exec(iniContent(lines[header]!))?.[1] ?? "";
    const body = lines.slice(header, headers[order + 1]);
    const end = header + body.findLastIndex((line) => iniContent(line) !== "") + 1;
    return { name: iniName(written), start: commentStart(lines, header), header, end };
  });
}

function commentStart(lines: readonly IniLine[], header: number): number {
  let start = header;
  while (start > 0 && /^\s*[#;]/.test(lines[start - 1]!.text)) start--;
  return start;
}

/** The settings of a section, each with what continues it. */
export function iniSettings(lines: readonly IniLine[], { header, end }: IniSectionSpan): readonly IniSettingSpan[] {
  const settings: IniSettingSpan[] = [];
  for (let at = header + 1; at < end; at++) {
    const content = iniContent(lines[at]!);
    if (content === "") continue;
    const last = settings.at(-1);
    if (last !== undefined && /^\s/.test(lines[at]!.text)) settings[settings.length - 1] = { ...last, end: at + 1 };
    else settings.push({ key: /^[^=:]*/.exec(content)![0].trim().toLowerCase(), start: at, end: at + 1 });
  }
  return settings;
}
