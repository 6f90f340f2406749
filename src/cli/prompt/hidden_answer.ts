import type { Needs } from "../../host/host.ts";
import { Secret } from "../../secret.ts";
import { printable } from "../output/text.ts";
import { editLine, makeInterruption, parseKey } from "./key.ts";

/**
 * What a person types without that it is seen, every character of it; undefined for nothing (also Esc, Ctrl-D on an
 * empty line, the end of stdin). AppError "interrupted" for Ctrl-C. Needs a terminal on stdin.
 */
export async function askHidden(host: Needs<"terminal">, question: string): Promise<Secret | undefined> {
  return await host.terminal.keys(async (next) => {
    // Only now, since what is typed as soon as this stands there must not be seen either.
    host.terminal.err(`${printable(question)}: `);
    try {
      const line = await renderTypedLine(next);
      return line === "" ? undefined : new Secret(line);
    } finally {
      host.terminal.err("\n");
    }
  });
}

async function renderTypedLine(next: () => Promise<string | undefined>): Promise<string> {
  for (let line = "";;) {
    const sequence = await next();
    const key = parseKey(sequence);
    if (key.kind === "interrupt") throw makeInterruption();
    if (key.kind === "enter" || sequence === undefined || key.kind === "end" && line === "") return line;
    if (key.kind === "none") return "";
    line = editLine(line, key);
  }
}
