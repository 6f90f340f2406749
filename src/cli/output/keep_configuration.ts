import { flagPairs, WORDS_BETWEEN } from "../../formats/text/command_words.ts";
import type { Needs } from "../../host/host.ts";

/** The flags that say where a configuration is, in the order in which they are repeated. */
const NAMES = ["chdir", "config", "config-path", "config-profile", "base-path"] as const;

/** Returns the flags that name a configuration, as they were given, word by word: `["--config", "a.yaml"]`. */
export function configurationWords(
  named: Readonly<Partial<Record<typeof NAMES[number], unknown>>>,
): readonly string[] {
  return NAMES.flatMap((name) =>
    [named[name] ?? []].flat().flatMap((value) => [name === "chdir" ? "-C" : `--${name}`, String(value)])
  );
}

/** Lines that tell what to type. */
const ADVICE = /^(?:\p{Cc}\[\d+m)?(?:Hint:|\s+Next:|.*eval "\$\(atmos ).*$/gmu;

/**
 * Returns the host whose messages repeat these flags in the commands that they tell to type: without them, the same
 * command would be about another configuration.
 */
export function keepConfiguration<H extends Needs<"terminal">>(host: H, words: readonly string[]): H {
  if (words.length === 0) return host;
  const err = (text: string) => host.terminal.err(text.replace(ADVICE, (line) => addToCommands(line, words)));
  return { ...host, terminal: { ...host.terminal, err } };
}

/** A command of this program that reads a configuration. */
const COMMAND = /\batmos (?=(?:auth|aws|describe|list) )/g;
/** A word of a command, plain or quoted; what stands behind it is the sentence's. */
const WORD = /(?:'[^']*'|"[^"]*"|[^\s,;()`"'|>])+/y;

/** Returns the text with the words at the end of each command in it, but for flags that the command has. */
export function addToCommands(text: string, words: readonly string[]): string {
  let from = 0;
  const parts: string[] = [];
  for (const { index } of text.matchAll(COMMAND)) {
    const end = endOfCommand(text, index);
    const command = text.slice(index, end).split(" ");
    parts.push(text.slice(from, end), ...flagPairs(missingWords(words, command)).map((flag) => ` ${flag}`));
    from = end;
  }
  return parts.join("") + text.slice(from);
}

function endOfCommand(text: string, start: number): number {
  let end = start;
  for (let at = start;; at = end + 1) {
    WORD.lastIndex = at;
    const word = WORD.exec(text)?.[0];
    if (word === undefined || word === "--" || WORDS_BETWEEN.has(word)) return end;
    end = at + word.length;
    if (/[^.]\.$/.test(word) && /^(?:\s|$)/.test(text.slice(end))) return end - 1;
    if (text[end] !== " ") return end;
  }
}

/** Flags come with their values. */
function missingWords(words: readonly string[], command: readonly string[]): readonly string[] {
  return words.filter((_, index) => {
    const flag = words[index - index % 2]!;
    return !command.some((word) => word === flag || word.startsWith(`${flag}=`));
  });
}
