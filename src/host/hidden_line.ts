import { AppError } from "../errors.ts";
import type { Source } from "./read_line.ts";

/** The part of `Deno.stdin` that reading without echo needs. */
export interface HiddenSource extends Source {
  setRaw(on: boolean, options?: { readonly cbreak: boolean }): void;
}

export interface HiddenOptions {
  /** Whether Ctrl-C is to be a signal still. */
  readonly signals: boolean;
  /** Writes the prompt, once nothing that is typed can be seen any more. */
  readonly show: () => void;
}

const KEY = { interrupt: 3, end: 4, backspace: 8, lineFeed: 10, enter: 13, clear: 21, delete: 127 } as const;

/**
 * The next line that a person types on a terminal, which does not show it; undefined at the end. AppError "interrupted"
 * for Ctrl-C where that is a key like others.
 */
export async function hiddenLine(
  source: HiddenSource,
  { signals, show }: HiddenOptions,
): Promise<string | undefined> {
  source.setRaw(true, { cbreak: signals });
  try {
    show();
    return await typed(source);
  } finally {
    source.setRaw(false);
  }
}

async function typed(source: Source): Promise<string | undefined> {
  const bytes: number[] = [];
  const next = new Uint8Array(1);
  while (await source.read(next) !== null) {
    const byte = next[0]!;
    if (byte === KEY.enter || byte === KEY.lineFeed) return decoded(bytes);
    if (byte === KEY.end && bytes.length === 0) return undefined;
    if (byte === KEY.interrupt) throw new AppError("interrupted", "Cannot read the answer: it was interrupted");
    if (byte === KEY.clear) bytes.length = 0;
    else if (byte === KEY.backspace || byte === KEY.delete) dropCharacter(bytes);
    else if (byte !== KEY.end) bytes.push(byte);
  }
  return bytes.length === 0 ? undefined : decoded(bytes);
}

/** The last character with all its bytes. */
function dropCharacter(bytes: number[]): void {
  while (bytes.length > 0 && (bytes.pop()! & 0xc0) === 0x80);
}

function decoded(bytes: readonly number[]): string {
  return new TextDecoder().decode(new Uint8Array(bytes));
}
