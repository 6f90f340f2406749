import type { FilePlace, Located } from "../../config/values/located.ts";
import { makeText } from "../../config/values/make_located.ts";
import { type Piece, type PrintedValue, textOfPieces } from "../../formats/go_template/execute.ts";
import { type RenderInput, renderPieces } from "../../formats/go_template/render_template.ts";
import { kindOf, TemplateError } from "../../formats/go_template/values/value.ts";
import { locatedData } from "./plain_data.ts";

/** Which values stay what they are: none, maps and lists, or numbers and booleans that a template refers to as well. */
type Keeps = "nothing" | "structures" | "references";

/**
 * Returns what a value that is a template comes to: a map or list stays one where the template is nothing else, and
 * anything else is text. Throws TemplateError.
 */
export async function renderValue(
  input: RenderInput,
  { place, keeps }: { readonly place: FilePlace; readonly keeps: Keeps },
): Promise<Located> {
  const pieces = await renderPieces(input);
  const [only] = pieces;
  if (pieces.length === 1 && isKept(only!, keeps)) return keptValue(only, place);
  return makeText(textOfPieces(pieces), place);
}

/** Whether a piece stays a value where it is all there is. */
export function isKept(piece: Piece, keeps: Keeps): piece is PrintedValue {
  if (typeof piece === "string" || keeps === "nothing") return false;
  const kind = kindOf(piece.value);
  return kind === "map" || kind === "list" || (keeps === "references" && piece.isReference);
}

/** The value of a piece, at the place of its template unless it has places of its own. Throws TemplateError. */
export function keptValue({ value, at }: PrintedValue, place: FilePlace): Located {
  try {
    return locatedData(value, place);
  } catch (error) {
    if (error instanceof RangeError) throw new TemplateError(error.message, at);
    throw error;
  }
}
