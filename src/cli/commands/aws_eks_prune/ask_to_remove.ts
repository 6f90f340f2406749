import { AppError } from "../../../errors.ts";
import type { Needs } from "../../../host/host.ts";

/** AppError "usage" where nobody can be asked, "interrupted" for anything but a yes. */
export async function askToRemove({ terminal }: Needs<"terminal">, what: string): Promise<void> {
  if (!terminal.isTty.stdin || !terminal.isTty.stderr) {
    throw new AppError("usage", `Cannot ask whether to remove ${what}: there is no terminal`, {
      hint: "Read the differences, then: atmos aws eks prune --yes",
    });
  }
  terminal.err(`Remove ${what}? [y/N] `);
  const answer = await terminal.line();
  if (answer === undefined) terminal.err("\n");
  if (/^\s*y(?:es)?\s*$/i.test(answer ?? "")) return;
  throw new AppError("interrupted", "Cannot prune: you did not say yes", { hint: "Nothing was written." });
}
