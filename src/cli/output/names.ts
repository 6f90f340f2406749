import type { Needs } from "../../host/host.ts";
import type { Flag } from "../args/flag.ts";
import { jsonText } from "./json_text.ts";
import { printable } from "./text.ts";

/** The flag of the commands that print names. */
export const NAMES_FORMAT_FLAG = {
  kind: "choice",
  short: "f",
  choices: ["text", "json"],
  default: "text",
  summary: "Output format",
} as const satisfies Flag;

interface NamesInput {
  readonly names: readonly string[];
  readonly format: "text" | "json";
  /** For people, when there are none; undefined where something else says why. */
  readonly empty: string | undefined;
}

/** Names in order, each once. */
export function printNames(host: Needs<"terminal">, { names, format, empty }: NamesInput): void {
  const sorted = [...new Set(names)].sort();
  host.terminal.out(format === "json" ? jsonText(sorted) : sorted.map((name) => `${printable(name)}\n`).join(""));
  if (sorted.length === 0 && empty !== undefined) host.terminal.err(`${printable(empty)}\n`);
}
