import { type Block, fencedBlocks, type Page, pageProse } from "./pages.ts";

/** Words of one atmos command, without the leading `atmos`, and where they are. */
export interface DocumentedCommand {
  readonly place: string;
  readonly words: readonly string[];
}

/** Where a command may stand in a line of a script: first, after an operator, a variable or another program's `--`. */
const COMMAND = /(?:^|[|;&(!]|\$\(|\brun:|\bexec|\bthen|\bdo|\w+=\S*|-)\s*(?:"\$\()?(?:\S*\/)?\batmos\s+([^\n]*)/gm;

/** A word of a line, quotes included; a comment or an operator ends the command. */
const WORD = /\s*((?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\|;&<>()#`]|(?<=\S)#)+)|\s*[|;&<>()#`]/gy;

/** Every atmos command of a page: of its scripts and workflows, and of code within lines. */
export function documentedCommands(page: Page): readonly DocumentedCommand[] {
  const blocks = fencedBlocks(page).filter(({ language }) => ["sh", "yaml", "bash", "fish"].includes(language));
  return [...blocks.flatMap(blockCommands), ...inlineCommands(page)];
}

function blockCommands({ place, text }: Block): readonly DocumentedCommand[] {
  const joined = text.replaceAll(/\\\n\s*/g, " ");
  const code = joined.split("\n").map((line) => /^\s*#/.test(line) ? "" : line).join("\n");
  return [...code.matchAll(COMMAND)].map(([, rest = ""]) => ({ place, words: commandWords(rest) }));
}

/** Code such as `atmos auth login dev-admin`; one that is cut with an ellipsis counts up to there, `[-- x]` as `-- x`. */
function inlineCommands(page: Page): readonly DocumentedCommand[] {
  return [...pageProse(page).matchAll(/`atmos ([^`]+)`/g)].map(([, rest = ""]) => {
    const [known = ""] = rest.replaceAll(/\s+/g, " ").replaceAll("\\|", "|").replace(" [-- ", " -- ").split(
      /\s*(?:…|\.\.\.)/,
    );
    return { place: page.path, words: commandWords(known) };
  });
}

/** The words of a command up to the end of its line, an operator or a comment, with quotes removed. */
export function commandWords(text: string): readonly string[] {
  const words: string[] = [];
  for (const [, word] of text.matchAll(WORD)) {
    if (word === undefined) break;
    words.push(word.replaceAll(/'([^']*)'|"((?:[^"\\]|\\.)*)"/g, (_, single, double) => single ?? double));
  }
  return words;
}
