import { closest } from "../../formats/text/closest.ts";
import { iniLines, iniSections } from "../../formats/ini/edit_layout.ts";
import type { IniFile } from "../../formats/ini/parse_ini.ts";
import { renderHeader, SECTION_WORDS, sectionName, type SectionWord } from "../../formats/ini/section_name.ts";
import type { Position } from "../../errors.ts";

/** A section that no program of AWS finds where it stands, or as it is written. */
export interface StraySection {
  readonly word: SectionWord;
  readonly name: string;
  /** As it is written, without the brackets. */
  readonly header: string;
  readonly place: Position;
  /** What to do about it. */
  readonly hint: string;
}

interface ReadFile {
  readonly path: string;
  readonly text: string;
  readonly sections: IniFile;
}

type IntendedSection = Pick<StraySection, "word" | "name" | "hint">;

/** Returns the sections of the config file that are read as none: without their word, or with a misspelt one. */
export function strayInConfig(file: ReadFile): readonly StraySection[] {
  return strays(file, (header) => {
    if (header === "default" || SECTION_WORDS.some((word) => sectionName(header, word) !== undefined)) return [];
    const [first = "", ...rest] = tidy(header).split(" ");
    const name = rest.join(" ");
    const near = rest.length === 0 ? undefined : closest(first.toLowerCase().replaceAll("_", "-"), SECTION_WORDS)[0];
    if (near !== undefined && isWord(near)) return [{ word: near, name, hint: writeThere(`${near} ${name}`) }];
    if (first === "default" && name === "") return [{ word: "profile", name: first, hint: writeThere(first) }];
    const hint = `${
      writeThere(`profile ${tidy(header)}`)
    }: in the config file, every profile but the default one has that word`;
    return [{ word: "profile", name: tidy(header), hint }];
  });
}

/** Returns the sections of the credentials file that belong into the config file, or have a word that none has there. */
export function strayInCredentials(file: ReadFile): readonly StraySection[] {
  return strays(file, (header) => {
    const [word = "", ...rest] = tidy(header).split(" ");
    if (rest.length === 0 || !isWord(word)) {
      return tidy(header) === header ? [] : [{ word: "profile", name: tidy(header), hint: writeThere(tidy(header)) }];
    }
    const name = rest.join(" ");
    if (word !== "profile") return [{ word, name, hint: `Move [${header}] to the config file` }];
    return [{ word, name, hint: `${writeThere(name)}: in the credentials file, no profile has that word` }];
  });
}

/** A header as it was probably meant: in a credentials file, blanks around and quotes are part of the name. */
function tidy(header: string): string {
  return header.trim().replaceAll(/["']/g, "").replaceAll(/\s+/g, " ");
}

function writeThere(name: string): string {
  return `Write [${renderHeader(name)}] there`;
}

function isWord(text: string): text is SectionWord {
  return (SECTION_WORDS as readonly string[]).includes(text);
}

/** The comment behind it is part of the name, up to the last bracket. */
function nameBefore(header: string): IntendedSection {
  const meant = header.split("]")[0]!;
  const word = SECTION_WORDS.find((one) => sectionName(meant, one) !== undefined) ?? "profile";
  return { word, name: sectionName(meant, word) ?? meant, hint: 'Write no "]" in the comment behind the header there' };
}

function strays(
  { path, text, sections }: ReadFile,
  meant: (header: string) => readonly IntendedSection[],
): StraySection[] {
  const find = (header: string) => header.includes("]") ? [nameBefore(header)] : meant(header);
  const found = [...sections.keys()].flatMap((header) => find(header).map((one) => ({ ...one, header })));
  if (found.length === 0) return [];
  const spans = iniSections(iniLines(text.replace(/^\uFEFF/, "")));
  return found.map((one) => {
    const span = spans.find(({ name }) => name === one.header);
    return { ...one, place: { file: path, line: (span?.header ?? 0) + 1, column: 1 } };
  });
}

interface MissingSection {
  readonly word: SectionWord;
  readonly name: string;
  readonly strays: readonly StraySection[];
  /** The names that such sections have. */
  readonly existing: readonly string[];
}

/** Where a section is that should be elsewhere, or be written otherwise, or what its name is like. */
export interface SectionClue {
  readonly found?: string;
  readonly place?: Position;
  readonly hint: string;
}

/** Returns what explains that a section is not there; undefined when nothing does. */
export function explainMissing({ word, name, strays, existing }: MissingSection): SectionClue | undefined {
  const stray = strays.find((one) => one.word === word && one.name === name);
  if (stray !== undefined) {
    const { header, place, hint } = stray;
    return { found: `[${header}] is not read as ${word === "profile" ? "that profile" : "that section"}`, place, hint };
  }
  const near = closest(name, existing).map((one) => `"${one}"`);
  return near.length > 0 ? { hint: `Did you mean ${near.join(" or ")}?` } : undefined;
}
