import type { FilePosition, FunctionText, Located, LocatedScalar } from "../../config/values/located.ts";
import { makeText, markFetched } from "../../config/values/make_located.ts";
import { type Piece, type PrintedValue, textOfPieces } from "../../formats/go_template/execute.ts";
import { type RenderInput, renderPieces } from "../../formats/go_template/render_template.ts";
import { getKind, TemplateError } from "../../formats/go_template/values/value.ts";
import { isCall, locatedData, scalarsIn } from "./plain_data.ts";
import { tryWatched } from "./reach.ts";

/** Which values stay what they are: none, maps and lists, or numbers and booleans that a template refers to as well. */
type Keeps = "nothing" | "structures" | "references";

/**
 * Returns what a scalar that is a template, or what its function is called with, comes to: a map or list stays one where
 * the template is nothing else. With the error it is the scalar itself. Both have marks of what was read.
 */
export async function renderScalar(
  scalar: LocatedScalar,
  { keeps, ...input }: Omit<RenderInput, "source"> & { readonly keeps: Keeps },
): Promise<{ readonly value: Located; readonly error?: TemplateError }> {
  const { call, place, text, fetched } = scalar;
  const kept = call === undefined || call.tag === "!template" ? keeps : "nothing";
  const render = async (one: RenderInput) => valueOfPieces(await renderPieces(one), { place, keeps: kept });
  const { value, error, mark } = await tryWatched({ ...input, source: call?.text ?? text }, { place, render });
  const found = value === undefined ? scalar : value.kind === "scalar" ? withText(scalar, value) : value;
  const marked = mark.fetched === undefined ? found : markFetched(found, mark.fetched);
  return {
    // What a template that was fetched makes is not what its call names.
    value: fetched === undefined ? marked : markFetched(marked, { ...fetched, isByValue: true }),
    ...(error === undefined ? {} : { error }),
  };
}

/** The scalar with another text; a function stays one, and is called with it. */
export function withText({ call, place }: LocatedScalar, value: LocatedScalar): LocatedScalar {
  if (call === undefined) return value;
  const { tag } = call;
  return { ...makeText(`${tag} ${value.text}`, place), call: { tag, text: value.text } };
}

function valueOfPieces(
  pieces: readonly Piece[],
  { place, keeps }: { readonly place: FilePosition; readonly keeps: Keeps },
): Located {
  const [only] = pieces;
  if (pieces.length === 1 && isKept(only!, keeps)) return getStoredValue(only, place);
  return makeText(textOfPieces(pieces), place);
}

/** Whether a piece stays a value where it is all there is. */
export function isKept(piece: Piece, keeps: Keeps): piece is PrintedValue {
  if (typeof piece === "string" || keeps === "nothing") return false;
  const kind = getKind(piece.value);
  return kind === "map" || kind === "list" || (keeps === "references" && piece.isReference);
}

/** The value of a piece, at the place of its template unless it has places of its own. Throws TemplateError. */
export function getStoredValue({ value, at }: PrintedValue, place: FilePosition): Located {
  try {
    return locatedData(value, place);
  } catch (error) {
    if (error instanceof RangeError) throw new TemplateError(error.message, at);
    throw error;
  }
}

/** Functions by what they look like as text. */
export type CallTexts = ReadonlyMap<string, FunctionText>;

/** Returns the functions in what a template knows: one that it refers to is printed as its text. */
export function callTexts(located: Located | undefined): CallTexts {
  const scalars = located === undefined ? [] : scalarsIn(located);
  return new Map(scalars.filter(isCall).map(({ text, call }) => [text, call!]));
}

/** Returns the function that a value refers to, where its text is just that; else the value. */
export function withCall(value: Located, calls: CallTexts): Located {
  const call = value.kind === "scalar" && value.call === undefined ? calls.get(value.text) : undefined;
  return call === undefined ? value : { ...value, call } as LocatedScalar;
}
