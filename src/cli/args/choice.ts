import { closest } from "../../formats/text/closest.ts";
import type { ChoiceFlag } from "./flag.ts";
import { didYouMean, usageError } from "./usage_error.ts";

interface Chosen {
  /** Where it was found: "--update", "ATMOS_LOGS_LEVEL". */
  readonly where: string;
  readonly value: string;
}

/**
 * The choice that a word means.
 * @throws AppError "usage" that lists the choices.
 */
export function choose(flag: ChoiceFlag, { where, value }: Chosen): string {
  const word = value.toLowerCase();
  const meant = flag.choices.find((choice) => choice.toLowerCase() === word) ?? synonym(flag, word);
  if (meant !== undefined) return meant;
  const found = `"${value}" is not one of ${flag.choices.join(", ")}`;
  const hint = didYouMean(closest(word, flag.choices)) ?? `Use one of: ${flag.choices.join(", ")}`;
  throw usageError({ what: where, found, hint });
}

function synonym({ synonyms = {} }: ChoiceFlag, word: string): string | undefined {
  return Object.hasOwn(synonyms, word) ? synonyms[word] : undefined;
}
