import { exitOnSignals } from "../process/exit_signals.ts";

interface Keyboard {
  /** The part of `Deno.stdin` that changes how a terminal behaves. */
  readonly stdin: { setRaw(raw: boolean): void };
  readonly typed: TypedBytes;
  readonly err: (text: string) => void;
}

type Body<T> = (next: () => Promise<string | undefined>) => Promise<T>;

/** Takes a terminal's keys one by one. It gets its own ways back at the end, also when a signal ends the process. */
export async function withKeys<T>({ stdin, typed, err }: Keyboard, body: Body<T>): Promise<T> {
  const leave = () => {
    stdin.setRaw(false);
    err("\n");
  };
  addEventListener("unload", leave);
  const release = exitOnSignals();
  stdin.setRaw(true);
  try {
    return await body(() => nextKey(typed));
  } finally {
    release();
    removeEventListener("unload", leave);
    stdin.setRaw(false);
  }
}

/** Nothing that a terminal has kept comes later than that, on a busy machine either. */
const QUIET_MS = 100;
const INTERRUPT = 3;

/** Takes what was typed before now, so that it answers no later question. Returns Ctrl-C where that is among it. */
export async function forgetTyped(typed: TypedBytes): Promise<"\x03" | undefined> {
  while (await typed.followedWithin(QUIET_MS)) {
    const byte = await typed.byte();
    if (byte === INTERRUPT) return "\x03";
    if (byte === undefined) return undefined;
  }
  return undefined;
}

const ESCAPE = 0x1b;
/** A terminal sends the bytes of a key at once; the key Esc is alone. */
const ALONE_MS = 50;
/** No key has a longer one; what has is noise. */
const LONGEST = 32;

/** The next key as the terminal sends it, whole characters and whole escape sequences; undefined at the end. */
export async function nextKey(typed: TypedBytes): Promise<string | undefined> {
  const first = await typed.byte();
  if (first === undefined) return undefined;
  if (first !== ESCAPE) return await character(typed, first);
  if (!await typed.followedWithin(ALONE_MS)) return "\x1b";
  return `\x1b${await sequence(typed)}`;
}

async function sequence(typed: TypedBytes): Promise<string> {
  const first = await typed.byte();
  if (first === undefined) return "";
  const start = await character(typed, first);
  if (start === "O") return start + String.fromCharCode(await typed.byte() ?? 0);
  return start === "[" ? start + await parameters(typed) : start;
}

async function parameters(typed: TypedBytes): Promise<string> {
  let text = "";
  while (text.length < LONGEST) {
    const byte = await typed.byte();
    if (byte === undefined) break;
    text += String.fromCharCode(byte);
    if (byte >= 0x40) break;
  }
  return text;
}

/** A character of UTF-8 that begins with this byte. */
async function character(typed: TypedBytes, first: number): Promise<string> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let text = decoder.decode(new Uint8Array([first]), { stream: true });
  while (text === "") {
    const byte = await typed.byte();
    if (byte === undefined) return decoder.decode();
    text = decoder.decode(new Uint8Array([byte]), { stream: true });
  }
  return text;
}

/** What is typed, byte by byte, so that a program started afterwards finds the rest. */
interface TypedBytes extends Source {
  /** undefined at the end. */
  byte(): Promise<number | undefined>;
  /** Whether another one (or the end) comes within that time; it is not taken. */
  followedWithin(ms: number): Promise<boolean>;
}

export function readTypedBytes(source: Source): TypedBytes {
  let begun: Promise<number | undefined> | undefined;
  const byte = () => {
    const next = begun ?? readByte(source);
    begun = undefined;
    return next;
  };
  return {
    byte,
    followedWithin: (ms) => within(begun ??= readByte(source), ms),
    async read(into) {
      const next = await byte();
      if (next === undefined) return null;
      into[0] = next;
      return 1;
    },
  };
}

async function readByte(source: Source): Promise<number | undefined> {
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

/** The part of `Deno.stdin` that reading needs. */
interface Source {
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
    if (next[0] === LINE_FEED) return decode(bytes);
    bytes.push(next[0]!);
  }
  return bytes.length === 0 ? undefined : decode(bytes);
}

function decode(bytes: readonly number[]): string {
  return new TextDecoder().decode(new Uint8Array(bytes)).replace(/\r$/, "");
}
