import type { Needs } from "../../../host/host.ts";
import { jsonText } from "../../output/json_text.ts";
import { printable } from "../../output/text.ts";

export interface NamesInput {
  readonly names: readonly string[];
  readonly format: "text" | "json";
  /** For people, when there are none. */
  readonly empty: string;
}

/** Names in order, each once. */
export function printNames(host: Needs<"terminal">, { names, format, empty }: NamesInput): void {
  const sorted = [...new Set(names)].sort();
  host.terminal.out(format === "json" ? jsonText(sorted) : sorted.map((name) => `${printable(name)}\n`).join(""));
  if (sorted.length === 0) host.terminal.err(`${printable(empty)}\n`);
}
