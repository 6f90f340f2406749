import { parseSource, type SourceFile } from "../../config/files/source_file.ts";
import { isHidden, recordMade, showCall } from "../../config/values/fetched.ts";
import type { Fetched, Located, LocatedMap } from "../../config/values/located.ts";
import { AppError } from "../../errors.ts";
import { type Piece, type PrintedValue, textOfPieces } from "../../formats/go_template/execute.ts";
import { type RenderInput, renderPieces } from "../../formats/go_template/render_template.ts";
import type { YamlNode } from "../../formats/yaml/node.ts";
import type { Includer } from "../settings/includer.ts";
import { tryWatched } from "../settings/reach.ts";
import { stackError } from "../settings/stack_error.ts";
import { getStoredValue, isKept } from "../settings/render_value.ts";
import { renderedLimit } from "../settings/rendered_limit.ts";
import { rootOfSource } from "./manifest_root.ts";

/**
 * Returns the mapping that a manifest's text, a template, makes, or why it makes none, and what it has read from beyond
 * the tree. A value that is one reference to a map, list, number or boolean is that value.
 */
export async function renderManifest(
  includer: Includer,
  path: string,
  input: RenderInput,
): ReturnType<typeof tryWatched<LocatedMap>> {
  const { place, call } = renderWholeFile(path);
  const render = async (one: RenderInput) => await orAppError(rootOfPieces(includer, path, await renderPieces(one)));
  const { value, mark, ...rest } = await tryWatched(input, { place, call, render });
  // The call of a variable that it reads itself would be all of its text.
  const fetched = mark.fetched?.call === input.source ? { ...mark.fetched, call } : mark.fetched;
  // What is wrong with a text is quoted, and this one may spell what the template has read.
  if (value instanceof AppError) throw isHidden(fetched) ? withoutQuotes(value, { path, fetched }) : value;
  if (value !== undefined && isHidden(fetched)) recordMade(value, { source: input.source, fetched });
  return { ...rest, mark: fetched === undefined ? {} : { fetched }, ...(value === undefined ? {} : { value }) };
}

function withoutQuotes(
  { place }: AppError,
  { path, fetched }: { readonly path: string; readonly fetched: Fetched },
): AppError {
  const found = `what its template makes cannot be used, and why is not shown: it may tell something of ${
    showCall(fetched)
  }`;
  const { line, column } = place ?? { line: 1, column: 1 };
  return stackError({ place: { file: path, line, column }, found });
}

async function orAppError<T>(act: Promise<T>): Promise<T | AppError> {
  try {
    return await act;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

/** What a variable is read by that the text of a file asks for. */
export function renderWholeFile(path: string): Pick<Fetched, "call" | "place"> {
  return { call: "a template of this file", place: { file: path, line: 1, column: 1 } };
}

async function rootOfPieces(includer: Includer, path: string, pieces: readonly Piece[]): Promise<LocatedMap> {
  const marks = markedPieces(pieces);
  if (marks.values.size === 0) return await rootOfSource(includer, parse(path, pieces), new Map());
  const source = withWholeValues(path, marks);
  const values = new Map<YamlNode, Located>();
  for (const [node, piece] of renderWholeValues(source.yaml.root, marks)) {
    values.set(node, getStoredValue(piece, source.placeOf(node)));
  }
  return renderedLimit()(await rootOfSource(includer, source, values)) as LocatedMap;
}

/** Pieces with marks in place of values; a mark is a text that stands nowhere else. */
interface MarkedPieces {
  readonly pieces: readonly Piece[];
  readonly values: ReadonlyMap<string, PrintedValue>;
}

function markedPieces(pieces: readonly Piece[]): MarkedPieces {
  const start = unusedStart(pieces);
  const values = new Map<string, PrintedValue>();
  const marked = pieces.map((piece) => {
    if (!isKept(piece, "references")) return piece;
    const mark = `${start}${values.size}.`;
    values.set(mark, piece);
    return mark;
  });
  return { pieces: marked, values };
}

function unusedStart(pieces: readonly Piece[]): string {
  let start = "value.";
  while (pieces.some((piece) => typeof piece === "string" && piece.includes(start))) start = `value.${start}`;
  return start;
}

/** The text parsed, with the marks of those values that are whole values in it; the others are text. */
function withWholeValues(path: string, marks: MarkedPieces): SourceFile {
  const source = parsedIfYaml(path, marks.pieces);
  const whole = source === undefined ? [] : renderWholeValues(source.yaml.root, marks).map(([{ text }]) => text);
  if (source !== undefined && whole.length === marks.values.size) return source;
  const isWhole = new Set(whole);
  const pieces = marks.pieces.map((piece) =>
    typeof piece === "string" && !isWhole.has(piece) ? marks.values.get(piece) ?? piece : piece
  );
  return parse(path, pieces);
}

function renderWholeValues(
  node: YamlNode | undefined,
  marks: MarkedPieces,
): readonly (readonly [YamlNode, PrintedValue])[] {
  if (node === undefined) return [];
  const value = node.kind === "scalar" && node.tag === undefined ? marks.values.get(node.text) : undefined;
  if (value !== undefined) return [[node, value]];
  // The keys of a mapping are names.
  const parts = node.kind === "map" ? node.items.filter((_, at) => at % 2 === 1) : node.items;
  return parts.flatMap((part) => renderWholeValues(part, marks));
}

function parse(path: string, pieces: readonly Piece[]): SourceFile {
  return parseSource(path, new TextEncoder().encode(textOfPieces(pieces)));
}

/** What a value prints may make YAML of a text that is none without it. */
function parsedIfYaml(path: string, pieces: readonly Piece[]): SourceFile | undefined {
  try {
    return parse(path, pieces);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
