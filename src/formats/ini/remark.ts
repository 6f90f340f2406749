import { type IniLine, iniLines, iniSections, type IniSectionSpan } from "./edit_layout.ts";
import { renderHeader } from "./section_name.ts";

export const BOM = "\uFEFF";

export type Lines = readonly IniLine[];

/** The text of a section's remark; undefined when it has none. */
export function iniRemark(
  text: string,
  { name, mark }: { readonly name: string; readonly mark: string },
): string | undefined {
  const lines = iniLines(text.replace(BOM, ""));
  const found = findSpans(lines, name).flatMap((span) => findRemarks(lines, { span, mark }));
  return found[0] === undefined ? undefined : remarkIn(lines[found[0]]!, mark);
}

export function findSpans(lines: Lines, name: string): IniSectionSpan[] {
  return iniSections(lines).filter((span) => span.name === renderHeader(name));
}

export function findRemarks(lines: Lines, { span, mark }: { span: IniSectionSpan; mark: string }): readonly number[] {
  return lines.flatMap((line, at) =>
    at >= span.start && at < span.header && remarkIn(line, mark) !== undefined ? [at] : []
  );
}

export function remarkIn({ text }: IniLine, mark: string): string | undefined {
  const comment = /^\s*[#;]\s*(.*?)\s*$/.exec(text)?.[1];
  return comment?.startsWith(mark) ? comment.slice(mark.length) : undefined;
}
