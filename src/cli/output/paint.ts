import type { Needs } from "../../host/host.ts";
import type { Globals } from "../args/global_flags.ts";

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

export type Paint = (color: keyof typeof CODES, text: string) => string;

export interface PaintInput {
  readonly stream: "stdout" | "stderr";
  readonly globals: Pick<Globals, "no-color">;
}

/** Colours a text for a terminal; leaves it as it is for files, pipes and people who want no colours. */
export function paintFor(host: Needs<"env" | "terminal">, { stream, globals }: PaintInput): Paint {
  if (!paints(host, { stream, globals })) return (_, text) => text;
  return (color, text) => `\x1b[${CODES[color]}m${text}\x1b[0m`;
}

/** Whether there is a terminal, and someone who wants colours. */
export function paints(host: Needs<"env" | "terminal">, { stream, globals }: PaintInput): boolean {
  const plain = globals["no-color"] || host.env.get("NO_COLOR") !== undefined || host.env.get("TERM") === "dumb";
  return !plain && host.terminal.isTty[stream];
}

/** The text without its colours. */
export function removeColors(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/\x1b\[\d+m/g, "");
}
