import type { Fetched, Located, LocatedScalar } from "../../config/values/located.ts";
import { fetchedOfParts } from "../../config/values/make_located.ts";
import { textAt, valueAt } from "../../config/values/look_up.ts";
import { joinText } from "./component.ts";

const VARIABLES: readonly string[] = ["namespace", "tenant", "environment", "region", "stage"];

interface Token {
  readonly text: string;
  readonly fetched?: Fetched | undefined;
}

interface ReplaceInput {
  /** The component's. */
  readonly vars: Located | undefined;
  readonly pattern: LocatedScalar;
  /** What other words stand for. */
  readonly words: Readonly<Record<string, Token>>;
}

/**
 * Returns the text with the component's variables in place of `{tenant}` and the like. What is not there is empty, what
 * is no such word stays.
 */
export function replaceTokens({ vars, pattern, words }: ReplaceInput): LocatedScalar {
  const reached = [pattern.fetched];
  const text = pattern.text.replace(/\{([\w-]+)\}/g, (whole, word: string) => {
    const token = Object.hasOwn(words, word) ? words[word] : variableToken(vars, word);
    reached.push(token?.fetched);
    return token?.text ?? whole;
  });
  return joinText(text, { place: pattern.place, ...fetchedOfParts(reached) });
}

function variableToken(vars: Located | undefined, word: string): Token | undefined {
  if (word !== "attributes" && !VARIABLES.includes(word)) return undefined;
  const value = vars && valueAt(vars, [word]);
  if (value?.kind !== "list") return { text: (vars && textAt(vars, [word])) ?? "", fetched: value?.fetched };
  const texts = value.items.map((item) => (item.kind === "scalar" ? item.text : ""));
  return { text: texts.join("-"), ...fetchedOfParts([value.fetched, ...value.items.map((item) => item.fetched)]) };
}
