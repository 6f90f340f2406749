/** The part of `Deno.stdin` that reading needs. */
export interface Source {
  read(into: Uint8Array): Promise<number | null>;
}

const LINE_FEED = 10;

/**
 * The next line, without its line break; undefined at the end. Takes no byte of the line after it, and lets signals
 * through while it waits.
 */
export async function readLine(source: Source): Promise<string | undefined> {
  const bytes: number[] = [];
  const next = new Uint8Array(1);
  while (await source.read(next) !== null) {
    if (next[0] === LINE_FEED) return decoded(bytes);
    bytes.push(next[0]!);
  }
  return bytes.length === 0 ? undefined : decoded(bytes);
}

function decoded(bytes: readonly number[]): string {
  return new TextDecoder().decode(new Uint8Array(bytes)).replace(/\r$/, "");
}
