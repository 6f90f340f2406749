import type { Needs } from "../../host/host.ts";
import { editLine, makeInterruption, parseKey } from "./key.ts";

/**
 * Returns the line that is typed once the question stands there, shown as it grows; undefined where it is given up (Esc,
 * the end of stdin). Needs a terminal on stdin.
 * @throws {AppError} interrupted for Ctrl-C
 */
export async function readTypedAnswer({ terminal }: Needs<"terminal">, question: string): Promise<string | undefined> {
  return await terminal.keys(async (next) => {
    terminal.err(question);
    try {
      for (let line = "";;) {
        const key = parseKey(await next());
        if (key.kind === "interrupt") throw makeInterruption();
        if (key.kind === "enter") return line;
        if (key.kind === "none" || key.kind === "end") return undefined;
        const longer = editLine(line, key);
        terminal.err(longer.startsWith(line) ? longer.slice(line.length) : ERASE.repeat(line.length - longer.length));
        line = longer;
      }
    } finally {
      terminal.err("\n");
    }
  }, true);
}

/** Takes back a character. */
const ERASE = "\b \b";
