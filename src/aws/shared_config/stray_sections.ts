import { closest } from "../../formats/text/closest.ts";
import type { IniFile } from "../../formats/ini/parse_ini.ts";
import type { Position } from "../../errors.ts";

/** The words that the headers of ~/.aws/config begin with. */
const WORDS = ["profile", "sso-session", "services"] as const;
export type SectionWord = typeof WORDS[number];

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
    const [first = "", ...rest] = header.split(" ");
    if (header === "default" || (rest.length > 0 && isWord(first))) return [];
    const name = rest.join(" ");
    const near = rest.length === 0 ? undefined : closest(first.toLowerCase().replaceAll("_", "-"), WORDS)[0];
    if (near !== undefined && isWord(near)) return [{ word: near, name, hint: `Write [${near} ${name}] there` }];
    const hint = "there: in the config file, every profile but the default one has that word";
    return [{ word: "profile", name: header, hint: `Write [profile ${header}] ${hint}` }];
  });
}

/** Returns the sections of the credentials file that belong into the config file, or have a word that none has there. */
export function strayInCredentials(file: ReadFile): readonly StraySection[] {
  return strays(file, (header) => {
    const [word = "", ...rest] = header.split(" ");
    if (rest.length === 0 || !isWord(word)) return [];
    const name = rest.join(" ");
    if (word !== "profile") return [{ word, name, hint: `Move [${header}] to the config file` }];
    const hint = "there: in the credentials file, no profile has that word";
    return [{ word, name, hint: `Write [${name}] ${hint}` }];
  });
}

function isWord(text: string): text is SectionWord {
  return (WORDS as readonly string[]).includes(text);
}

function strays(
  { path, text, sections }: ReadFile,
  meant: (header: string) => readonly IntendedSection[],
): StraySection[] {
  return [...sections.keys()].flatMap((header) =>
    meant(header).map((found) => ({ ...found, header, place: { file: path, line: findLine(text, header), column: 1 } }))
  );
}

/** The number of the line of a header, as it is read: without quotes, with single blanks. */
function findLine(text: string, header: string): number {
  const lines = text.split(/\r\n|\n|\r/).map((line) => line.replace(/^\uFEFF/, "").trimStart());
  const isIt = (line: string) =>
    line.startsWith("[") &&
    line.slice(1).split("]")[0]!.trim().replaceAll(/["']/g, "").replaceAll(/\s+/g, " ") === header;
  return lines.findIndex(isIt) + 1;
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
