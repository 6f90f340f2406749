import type { Needs } from "../../../host/host.ts";
import { printable } from "../../output/text.ts";
import { isConfirmed } from "../../prompt/confirm.ts";
import { makeCancellation } from "./ask_text.ts";

/** Shows what would change and asks for it. @throws {AppError} interrupted for anything but a yes */
export async function confirmWrite(
  host: Needs<"terminal">,
  { path, diff, summary }: { readonly path: string; readonly diff: string; readonly summary: string },
): Promise<void> {
  const lines = diff.trimEnd().split("\n").map((line) => `${printable(line)}\n`);
  host.terminal.err(`\n${lines.join("")}\n${printable(summary)}\n`);
  if (!await isConfirmed(host, `Write ${printable(path)}?`)) throw makeCancellation();
}
