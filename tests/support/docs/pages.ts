import { markdownBelow } from "../../../scripts/docs/pages.ts";

/** A page of the documentation; its path starts at the repository's root. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

/** A fenced block. The words after its language say what it is: the file that it belongs to, or why it is not run. */
export interface Block {
  /** Where its first line is, as path:line. */
  readonly place: string;
  readonly language: string;
  readonly words: readonly string[];
  readonly text: string;
}

/** Pages for users and for contributors: those of the root, of docs/ and examples/, and the maps of the sources and the tests. */
export function documentationPages(): readonly Page[] {
  const root = [...Deno.readDirSync(".")].map(({ name }) => name).filter((name) => name.endsWith(".md")).sort();
  const paths = [...root, ...markdownBelow("docs"), ...markdownBelow("examples"), "src/README.md", "tests/README.md"];
  return paths.map((path) => ({ path, text: Deno.readTextFileSync(path) }));
}

/** The page of that path. */
export function documentationPage(path: string): Page {
  return { path, text: Deno.readTextFileSync(path) };
}

/** The fenced blocks of a page, in order, without the indentation that their fence has. */
export function fencedBlocks({ path, text }: Page): readonly Block[] {
  return [...text.matchAll(/^( *)```(\S+)[ ]*(.*)\n([^]*?)^\1```$/gm)].map((match) => {
    const [, indent = "", language = "", info = "", inner = ""] = match;
    const line = text.slice(0, match.index).split("\n").length + 1;
    const lines = inner.split("\n").map((one) => one.startsWith(indent) ? one.slice(indent.length) : one);
    return { place: `${path}:${line}`, language, words: info.split(/\s+/).filter(Boolean), text: lines.join("\n") };
  });
}

/** A page without its fenced blocks: what is left has links, headings and code within lines. */
export function pageProse({ text }: Page): string {
  return text.replaceAll(/^( *)```\S+.*\n[^]*?^\1```$/gm, "");
}
