import { AppError } from "../../errors.ts";
import { decodeUtf8 } from "../../formats/text/utf8.ts";
import { YamlError } from "../../formats/text/source_error.ts";
import type { YamlNode, YamlText } from "../../formats/yaml/node.ts";
import { parseTree } from "../../formats/yaml/tree.ts";
import { isFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { explainFileError } from "../../store/explain_file_error.ts";
import type { FilePosition } from "../values/located.ts";

/** Bytes; no configuration that a person wrote comes near it. */
const MAX_SIZE = 4 * 1024 * 1024;

/** One configuration file, read and parsed. */
export interface SourceFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly yaml: YamlText;
  /** Where the node begins, its anchor and tag included. */
  placeOf(node: YamlNode): FilePosition;
}

/**
 * Reads and parses one YAML file. AppError "config-not-found" when it does not exist, "config-invalid" with file, line
 * and column for what is no single, sane YAML document in UTF-8 of at most 4 MiB. Permission: read.
 */
export function readSource(host: Needs<"read">, path: string): SourceFile {
  return parseSource(path, readConfigBytes(host, path));
}

/** A file's content, parsed; the same errors. */
export function parseSource(path: string, bytes: Uint8Array): SourceFile {
  return refuseYamlErrors(path, () => {
    const text = decodeUtf8(bytes);
    const lines = new LinePlaces(text);
    return { path, bytes, yaml: parseTree(text), placeOf: (node) => ({ file: path, ...lines.at(node.start) }) };
  });
}

/** The bytes of a regular file of at most 4 MiB, with the errors of {@link readSource}. */
export function readConfigBytes(host: Needs<"read">, path: string): Uint8Array {
  try {
    const found = host.read.stat(path);
    if (found === undefined) throw new AppError("config-not-found", `${cannotRead(path)}: it does not exist`);
    if (!found.isFile) throw invalid(path, "it is not a regular file");
    if (found.size > MAX_SIZE) throw invalid(path, "it is larger than 4 MiB");
    return host.read.bytes(path);
  } catch (error) {
    if (!isFileError(error)) throw error;
    throw invalid(path, explainFileError(error, path));
  }
}

/** Does it; a YamlError becomes AppError "config-invalid" at its line of that file. */
export function refuseYamlErrors<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    const place = { file: path, line: error.line, column: error.column };
    throw new AppError("config-invalid", `${cannotRead(path)}: ${plainReason(error.message)}`, { place, cause: error });
  }
}

/** The error of a file without what it may quote of the file's text, for one that may be no configuration at all. */
export function withoutSource(error: AppError): AppError {
  const { code, message, place = { line: 1, column: 1 }, cause } = error;
  if (!(cause instanceof YamlError) || !/["'`<*&!]/.test(plainReason(cause.message))) return error;
  const start = message.slice(0, message.indexOf(plainReason(cause.message)));
  return new AppError(code, `${start}it is not the YAML of a configuration`, { place });
}

function invalid(path: string, found: string): AppError {
  const place = { file: path, line: 1, column: 1 };
  return new AppError("config-invalid", `${cannotRead(path)}: ${found}`, { place });
}

function cannotRead(path: string): string {
  return `Cannot read configuration "${path}"`;
}

/** Finds lines and columns (both from 1) of many offsets in one text, as placeAt does for one. */
export class LinePlaces {
  readonly #starts: number[] = [0];
  readonly #bom: number;

  constructor(text: string) {
    this.#bom = text.startsWith("\uFEFF") ? 1 : 0;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.#starts.push(at + 1);
  }

  at(offset: number): { readonly line: number; readonly column: number } {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    const column = offset - this.#starts[low]! + 1 - (low === 0 ? this.#bom : 0);
    return { line: low + 1, column: Math.max(1, column) };
  }
}

/** What the YAML parser says, in words that tell what to look for. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ["deficient indentation", "a bracket or a quote before this is still open, or this line is not indented enough"],
  [
    "bad indentation of a mapping entry",
    'this is not valid here; check the indentation, and put quotes around text with ": " in it or @ or ` at its start',
  ],
  [
    "end of the stream or a document separator is expected",
    "this does not continue what is above it; check the indentation",
  ],
  ["tab characters must not be used in indentation", "a tab; indent with spaces"],
  ["null byte is not allowed in input", "a NUL byte"],
  ["nesting exceeded maxDepth (100)", "nested more than 100 deep"],
]);

function plainReason(reason: string): string {
  return REASONS.get(reason) ?? reason;
}
