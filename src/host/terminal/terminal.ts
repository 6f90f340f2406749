import { AppError } from "../../errors.ts";
import { catchInterrupt } from "../process/exit_signals.ts";
import type { Terminal } from "../host.ts";
import { animate, movingLine } from "./moving_line.ts";
import { forgetTyped, readLine, readTypedBytes, withKeys } from "./keyboard.ts";

/** The part of `Deno.stdout` that writing needs. */
interface Sink {
  writeSync(bytes: Uint8Array): number;
}

const PAUSE_MS = 5;

const err = writer("standard error", Deno.stderr);
const out = writer("standard output", Deno.stdout);
const moving = movingLine({ write: err, size, animate });
const typed = readTypedBytes(Deno.stdin);

/** The three standard streams. Once a reader has gone (`atmos … | head`) the rest of that stream is dropped quietly. */
export const terminal: Terminal = {
  interrupts: catchInterrupt,
  out: (text) => moving.on && Deno.stdout.isTerminal() ? moving.beside(out, text) : out(text),
  err: (text) => moving.on ? moving.beside(err, text) : err(text),
  errRaw: (text) => moving.on ? moving.beside(err, text) : err(text),
  line: () => moving.without(() => readLine(typed)),
  keys: (body, isFresh) =>
    moving.without(() =>
      withKeys({ stdin: Deno.stdin, typed, err }, async (next) => {
        const interrupt = isFresh ? await forgetTyped(typed) : undefined;
        return await body(interrupt === undefined ? next : () => Promise.resolve(interrupt));
      })
    ),
  spin: (text) => moving.start(text),
  size,
  isTty: {
    get stdin() {
      return Deno.stdin.isTerminal();
    },
    get stdout() {
      return Deno.stdout.isTerminal();
    },
    get stderr() {
      return Deno.stderr.isTerminal();
    },
  },
};

const USUAL = { columns: 80, rows: 24 };

function size(): { readonly columns: number; readonly rows: number } {
  try {
    const { columns, rows } = Deno.consoleSize();
    return columns > 0 && rows > 0 ? { columns, rows } : USUAL;
  } catch {
    return USUAL;
  }
}

/** A function that writes all of a text to a stream; an AppError "internal" when the stream refuses it (disk full). */
export function writer(name: string, sink: Sink): (text: string) => void {
  let gone = false;
  return (text) => {
    if (gone) return;
    try {
      writeAll(sink, new TextEncoder().encode(text));
    } catch (error) {
      if (!(error instanceof Deno.errors.BrokenPipe)) throw makeRefusal(name, error);
      gone = true;
    }
  };
}

function writeAll(sink: Sink, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSome(sink, bytes.subarray(at));
}

/** A pipe that another process made non-blocking and that is full says "would block": wait for its reader. */
function writeSome(sink: Sink, bytes: Uint8Array): number {
  try {
    return sink.writeSync(bytes);
  } catch (error) {
    if (!(error instanceof Deno.errors.WouldBlock)) throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    return 0;
  }
}

function makeRefusal(name: string, cause: unknown): AppError {
  const found = cause instanceof Error ? cause.message : String(cause);
  return new AppError("internal", `Cannot write to ${name}: ${found}`, { cause });
}
