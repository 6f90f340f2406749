import { splitGraphemes } from "../../formats/text/display_width.ts";
import { type AppError, cancelledByUser } from "../../errors.ts";

/** What a person means by a key. */
export type Key =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: Meaning };

type Meaning =
  | ("up" | "down" | "page-up" | "page-down" | "first" | "last")
  | ("enter" | "none" | "interrupt" | "end")
  | ("erase" | "erase-word" | "erase-all" | "nothing");

const MEANINGS: ReadonlyMap<string, Meaning> = new Map([
  ...meaning("up", "\x1b[A", "\x1bOA", "\x10"),
  ...meaning("down", "\x1b[B", "\x1bOB", "\x0e", "\t"),
  ...meaning("page-up", "\x1b[5~"),
  ...meaning("page-down", "\x1b[6~"),
  ...meaning("first", "\x1b[H", "\x1bOH", "\x1b[1~"),
  ...meaning("last", "\x1b[F", "\x1bOF", "\x1b[4~"),
  ...meaning("enter", "\r", "\n"),
  ...meaning("none", "\x1b"),
  ...meaning("interrupt", "\x03"),
  ...meaning("end", "\x04"),
  ...meaning("erase", "\x7f", "\b"),
  ...meaning("erase-word", "\x17", "\x1b\x7f"),
  ...meaning("erase-all", "\x15"),
]);

function meaning(kind: Meaning, ...sequences: readonly string[]): readonly (readonly [string, Meaning])[] {
  return sequences.map((sequence) => [sequence, kind]);
}

/** Reads a key as the terminal sends it; undefined, the end of stdin, is "end". */
export function parseKey(sequence: string | undefined): Key {
  if (sequence === undefined) return { kind: "end" };
  const kind = MEANINGS.get(sequence);
  if (kind !== undefined) return { kind };
  return isText(sequence) ? { kind: "text", text: sequence } : { kind: "nothing" };
}

function isText(sequence: string): boolean {
  return !/^\p{Cc}/u.test(sequence);
}

/** A typed line after one more key. */
export function editLine(line: string, key: Key): string {
  if (key.kind === "text") return line + key.text;
  if (key.kind === "erase-all") return "";
  if (key.kind === "erase-word") return line.replace(/\S*\s*$/, "");
  if (key.kind !== "erase") return line;
  return splitGraphemes(line).slice(0, -1).join("");
}

/** Ctrl-C where keys are taken one by one; elsewhere the terminal makes a signal of it. */
export function makeInterruption(): AppError {
  return cancelledByUser("Interrupted");
}
