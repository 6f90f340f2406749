import type { Needs } from "../../host/host.ts";
import { edited, interrupted, keyOf } from "./key.ts";

/**
 * Returns whether the user says yes to a question; Enter alone, or the end of the input, is no. At a terminal, what was
 * typed before the question stood there is no answer to it. AppError "interrupted" for Ctrl-C.
 */
export async function isConfirmed({ terminal }: Needs<"terminal">, question: string): Promise<boolean> {
  const text = `${question} [y/N] `;
  if (terminal.isTty.stdin) return isYes(await typedAnswer({ terminal }, text));
  terminal.err(text);
  const answer = await terminal.line();
  if (answer === undefined) terminal.err("\n");
  return isYes(answer ?? "");
}

function isYes(answer: string): boolean {
  return /^\s*y(?:es)?\s*$/i.test(answer);
}

/** The line that is typed once the question stands there, shown as it grows; empty where it is given up. */
async function typedAnswer({ terminal }: Needs<"terminal">, question: string): Promise<string> {
  return await terminal.keys(async (next) => {
    terminal.err(question);
    try {
      for (let line = "";;) {
        const key = keyOf(await next());
        if (key.kind === "interrupt") throw interrupted();
        if (key.kind === "enter") return line;
        if (key.kind === "none" || key.kind === "end") return "";
        const longer = edited(line, key);
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
