import type { Source } from "./read_line.ts";

/** What is typed, byte by byte, so that a program started afterwards finds the rest. */
export interface TypedBytes extends Source {
  /** undefined at the end. */
  byte(): Promise<number | undefined>;
  /** Whether another one (or the end) comes within that time; it is not taken. */
  followedWithin(ms: number): Promise<boolean>;
}

export function typedBytes(source: Source): TypedBytes {
  let begun: Promise<number | undefined> | undefined;
  const byte = () => {
    const next = begun ?? oneOf(source);
    begun = undefined;
    return next;
  };
  return {
    byte,
    followedWithin: (ms) => within(begun ??= oneOf(source), ms),
    async read(into) {
      const next = await byte();
      if (next === undefined) return null;
      into[0] = next;
      return 1;
    },
  };
}

async function oneOf(source: Source): Promise<number | undefined> {
  const into = new Uint8Array(1);
  return await source.read(into) === null ? undefined : into[0];
}

async function within(event: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => timer = setTimeout(() => resolve(false), ms));
  try {
    return await Promise.race([event.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
