import { AppError } from "../errors.ts";
import { catchInterrupt } from "./exit_signals.ts";
import type { Terminal } from "./host.ts";
import { readLine } from "./read_line.ts";

/** The part of `Deno.stdout` that writing needs. */
export interface Sink {
  writeSync(bytes: Uint8Array): number;
}

const PAUSE_MS = 5;

/** The three standard streams. Once a reader has gone (`atmos … | head`) the rest of that stream is dropped quietly. */
export const terminal: Terminal = {
  interrupts: catchInterrupt,
  out: writer("standard output", Deno.stdout),
  err: writer("standard error", Deno.stderr),
  line: () => readLine(Deno.stdin),
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

/** A function that writes all of a text to a stream; an AppError "internal" when the stream refuses it (disk full). */
export function writer(name: string, sink: Sink): (text: string) => void {
  let gone = false;
  return (text) => {
    if (gone) return;
    try {
      writeAll(sink, new TextEncoder().encode(text));
    } catch (error) {
      if (!(error instanceof Deno.errors.BrokenPipe)) throw refused(name, error);
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

function refused(name: string, cause: unknown): AppError {
  const found = cause instanceof Error ? cause.message : String(cause);
  return new AppError("internal", `Cannot write to ${name}: ${found}`, { cause });
}
