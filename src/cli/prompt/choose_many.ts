import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { Globals } from "../args/global_flags.ts";
import { paintFor } from "../output/paint.ts";
import { printable } from "../output/text.ts";
import type { PickManyInput } from "./pick_many.ts";
import type { Option } from "./picker_state.ts";
import { movesCursor } from "./spinner.ts";

/**
 * Returns those of many that a user wants: checked with the keys of a terminal, or by numbers and names on one that
 * cannot move its cursor; undefined for none, and where stdin is no terminal.
 * @throws {AppError} interrupted for Ctrl-C, usage for an answer that is none of them
 */
export async function chooseMany(
  host: Needs<"terminal" | "env" | "sys">,
  { globals, ...input }: PickManyInput & { readonly globals: Pick<Globals, "no-color"> },
): Promise<readonly Option[] | undefined> {
  if (!host.terminal.isTty.stdin) return undefined;
  if (!movesCursor(host)) return await byNumbers(host, input);
  const { pickMany } = await import("./pick_many.ts");
  return await pickMany(host, { ...input, paint: paintFor(host, { stream: "stderr", globals }) });
}

async function byNumbers(
  { terminal }: Needs<"terminal">,
  input: PickManyInput,
): Promise<readonly Option[] | undefined> {
  const { question, among, checked } = input;
  const usual = checked.length === 0 ? "" : ` [${checked.length === among.length ? "all" : "those with *"}]`;
  const lines = among.map((option, at) => {
    const mark = checked.includes(option) ? "*" : " ";
    return `${mark} ${at + 1}  ${printable(option.name)} (${printable(option.note)})\n`;
  });
  terminal.err(`${printable(question)}\n${lines.join("")}Numbers, names, or all${usual}: `);
  const answer = (await terminal.line())?.trim() ?? "";
  if (answer === "") return checked.length === 0 ? undefined : checked;
  const wanted = new Set(answer.split(/[\s,]+/).flatMap((word) => optionsMeant(word, among)));
  return among.filter((option) => wanted.has(option));
}

function optionsMeant(word: string, among: readonly Option[]): readonly Option[] {
  if (word.toLowerCase() === "all") return among;
  const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(word) ?? [];
  const numbered = from === undefined ? [] : among.slice(Math.max(0, Number(from) - 1), Number(to));
  const named = among.filter(({ name }) => name.toLowerCase() === word.toLowerCase());
  const found = named.length > 0 ? named : numbered;
  if (found.length > 0) return found;
  throw new AppError("usage", `Cannot choose "${word}": it is not in the list`, {
    hint: `Answer with numbers from 1 to ${among.length} (1,3-5), with names, or all`,
  });
}
