const SECTION = /(<!-- generated: ([\w-]+) -->\n)([\s\S]*?)(<!-- end -->)/g;

/** The names of the generated parts that a text has. */
export function sectionNames(text: string): readonly string[] {
  return [...text.matchAll(SECTION)].map(([, , name = ""]) => name);
}

/**
 * The text with every part between `<!-- generated: NAME -->` and `<!-- end -->` filled with the content of that name.
 * @throws {RangeError} for a name without a content, and for a part without an end
 */
export function fillSections(text: string, contents: Readonly<Record<string, string>>): string {
  const opened = text.match(/<!-- generated: [\w-]+ -->/g)?.length ?? 0;
  if (opened !== (text.match(SECTION)?.length ?? 0)) throw new RangeError("a generated part has no <!-- end -->");
  return text.replace(SECTION, (_, start: string, name: string, _old: string, end: string) => {
    const content = contents[name];
    if (content === undefined) {
      throw new RangeError(`unknown generated part "${name}"; known: ${Object.keys(contents).join(", ")}`);
    }
    return `${start}\n${content}\n\n${end}`;
  });
}
