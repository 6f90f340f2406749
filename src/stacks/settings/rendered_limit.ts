import type { Located } from "../../config/values/located.ts";
import { scalarsIn } from "./plain_data.ts";
import { stackError } from "./stack_error.ts";

const MOST_CHARACTERS = 4_000_000;

/**
 * A function that returns what it is given, and counts its characters: values that have others in them twice double from
 * one to the next. AppError "config-invalid" at the value that is too much.
 */
export function renderedLimit(): (rendered: Located) => Located {
  let characters = 0;
  return (rendered) => {
    characters += scalarsIn(rendered).reduce((sum, { text }) => sum + text.length, 0);
    if (characters <= MOST_CHARACTERS) return rendered;
    throw stackError({ place: rendered.place, found: "template: the values become too long together" });
  };
}
