/**
 * Returns what CHANGELOG.md says of a version, without its heading. Throws RangeError where it has no section for it, or
 * one without a date: such a version is not to be released.
 */
export function releaseNotes(changelog: string, version: string): string {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => text.startsWith(`[${version}]`));
  if (section === undefined) throw new RangeError(`CHANGELOG.md has no section [${version}]`);
  const [heading, ...lines] = section.split("\n");
  if (!/ - \d{4}-\d\d-\d\d$/.test(heading!)) throw new RangeError(`CHANGELOG.md: "${heading}" has no date`);
  const notes = lines.join("\n").trim();
  if (notes === "") throw new RangeError(`CHANGELOG.md says nothing of ${version}`);
  return notes;
}
