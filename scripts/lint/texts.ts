import { collectTexts, type UserText } from "../texts/collect_texts.ts";
import { type Finding, findingAt } from "./finding.ts";
import type { Program } from "./program.ts";

/** Words that no text for users has, and what stands there instead. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\bwhen absent\b/i, "(default: …)"],
  [/\bmend(?:s|ed|ing)?\b/i, "fix"],
  [/\b(?:nobody|somebody|whoever)\b/i, "you, the user, or the passive"],
  [/\bcolour/i, "color"],
];

/** Refuses texts for users with words or forms that the rest of them does not have. */
export function checkTexts(program: Program): readonly Finding[] {
  return collectTexts(program).flatMap((text) => [
    ...checkWords(text),
    ...(text.kind === "hint" ? checkHint(text) : []),
    ...(text.kind === "error" ? checkError(text) : []),
  ]);
}

function checkWords({ text, node }: UserText): readonly Finding[] {
  return WORDS.filter(([word]) => word.test(text)).map(([word, better]) =>
    findingAt(node, { rule: "text", message: `"${word.exec(text)![0]}" is not a word for users: ${better}` })
  );
}

/** A period ends the last of several sentences; a single one has none. */
function checkHint({ text, node }: UserText): readonly Finding[] {
  const isSingle = /[^.]\.$/.test(text) && !/[.?!] \S/.test(text.slice(0, -1));
  if (!isSingle) return [];
  return [findingAt(node, { rule: "text", message: "a hint of one sentence has no period" })];
}

/** `Cannot <verb> <thing>: <cause>`: what was to be done, and why it was not. */
function checkError({ text, node }: UserText): readonly Finding[] {
  if (!text.startsWith("Cannot ") || /^Cannot [a-z{].*: \S/.test(text)) return [];
  return [findingAt(node, { rule: "text", message: "an error says Cannot <verb> <thing>: <cause>" })];
}
