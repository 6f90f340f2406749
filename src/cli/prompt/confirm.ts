import type { Needs } from "../../host/host.ts";
import { readTypedAnswer } from "./typed_answer.ts";

/**
 * Returns whether the user says yes to a question; Enter alone, or the end of the input, is no. At a terminal, what was
 * typed before the question stood there is no answer to it. AppError "interrupted" for Ctrl-C.
 */
export async function isConfirmed({ terminal }: Needs<"terminal">, question: string): Promise<boolean> {
  const text = `${question} [y/N] `;
  if (terminal.isTty.stdin) return isYes(await readTypedAnswer({ terminal }, text) ?? "");
  terminal.err(text);
  const answer = await terminal.line();
  if (answer === undefined) terminal.err("\n");
  return isYes(answer ?? "");
}

function isYes(answer: string): boolean {
  return /^\s*y(?:es)?\s*$/i.test(answer);
}
