import type { Located } from "../../config/values/located.ts";
import { MAX_HEIGHT } from "../../config/values/make_located.ts";
import { stackError } from "./stack_error.ts";

const MOST_CHARACTERS = 4_000_000;
/** A value without a character takes its place, too. */
const OF_A_VALUE = 16;

/**
 * A function that returns what it is given, and counts its characters: values that have others in them twice double from
 * one to the next. AppError "config-invalid" at the value that is too much, or nested too deeply.
 */
export function renderedLimit(): (rendered: Located) => Located {
  let characters = 0;
  const count = (value: Located, depth: number): string | undefined => {
    if (depth > MAX_HEIGHT) return `a value is nested more than ${MAX_HEIGHT} deep`;
    characters += OF_A_VALUE + (value.kind === "scalar" ? value.text.length : 0);
    if (characters > MOST_CHARACTERS) return "the values become too long together";
    if (value.kind === "scalar") return undefined;
    const parts = value.kind === "list" ? value.items : [...value.entries.values()].map((entry) => entry.value);
    for (const part of parts) {
      const excess = count(part, depth + 1);
      if (excess !== undefined) return excess;
    }
    return undefined;
  };
  return (rendered) => {
    const excess = count(rendered, 0);
    if (excess === undefined) return rendered;
    throw stackError({ place: rendered.place, found: `template: ${excess}` });
  };
}
