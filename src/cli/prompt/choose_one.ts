import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { Globals } from "../args/global_flags.ts";
import { paintFor } from "../output/paint.ts";
import { printable } from "../output/text.ts";
import type { Option } from "./picker_state.ts";
import { movesCursor } from "./spinner.ts";

interface ChooseOneInput {
  readonly question: string;
  readonly among: readonly Option[];
  readonly globals: Pick<Globals, "no-color">;
}

/**
 * The one of many that a person wants: picked with the keys of a terminal, or by number or name on one that cannot move
 * its cursor. undefined for none, and where stdin is no terminal. AppError "interrupted" for Ctrl-C, "usage" for an
 * answer that is none of them.
 */
export async function chooseOne(
  host: Needs<"terminal" | "env" | "sys">,
  { question, among, globals }: ChooseOneInput,
): Promise<Option | undefined> {
  if (!host.terminal.isTty.stdin) return undefined;
  if (!movesCursor(host)) return await byNumber(host, { question, among });
  const { pick } = await import("./pick.ts");
  return await pick(host, { question, among, paint: paintFor(host, { stream: "stderr", globals }) });
}

async function byNumber(
  { terminal }: Needs<"terminal">,
  { question, among }: Omit<ChooseOneInput, "globals">,
): Promise<Option | undefined> {
  const lines = among.map(({ name, note }, at) => `  ${at + 1}  ${printable(name)} (${printable(note)})\n`);
  terminal.err(`${printable(question)}\n${lines.join("")}Number or name: `);
  const answer = (await terminal.line())?.trim() ?? "";
  if (answer === "") return undefined;
  const found = among[Number(answer) - 1] ?? among.find(({ name }) => name.toLowerCase() === answer.toLowerCase());
  if (found !== undefined) return found;
  throw new AppError("usage", `Cannot choose "${answer}": it is not in the list`, {
    hint: `Answer with a number from 1 to ${among.length}, or with a name`,
  });
}
