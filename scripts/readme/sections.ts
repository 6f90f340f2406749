const SECTION = /(<!-- generated: ([\w-]+) -->\n)([\s\S]*?)(<!-- end -->)/g;

/**
 * Fills every part between `<!-- generated: NAME -->` and `<!-- end -->` with the text of that name; throws RangeError
 * for a name nobody makes, and for a part without an end.
 */
export function fillSections(text: string, contents: Readonly<Record<string, string>>): string {
  const opened = text.match(/<!-- generated: [\w-]+ -->/g)?.length ?? 0;
  if (opened !== (text.match(SECTION)?.length ?? 0)) throw new RangeError("a generated part has no <!-- end -->");
  return text.replace(SECTION, (_, start: string, name: string, _old: string, end: string) => {
    const content = contents[name];
    if (content === undefined) {
      throw new RangeError(`nobody makes "${name}"; there are: ${Object.keys(contents).join(", ")}`);
    }
    return `${start}\n${content}\n\n${end}`;
  });
}
