import { displayWidth } from "../../formats/text/display_width.ts";
import type { Needs } from "../../host/host.ts";
import { removeColors } from "../output/paint.ts";

export interface Screen {
  draw(lines: readonly string[]): void;
  clear(): void;
}

/** Returns a place on stderr that draws over what was drawn before, also when the terminal has become narrower and broken its lines. */
export function getScreen(host: Needs<"terminal">): Screen {
  let before: readonly string[] = [];
  const back = () => {
    const { columns } = host.terminal.size();
    const rows = before.reduce(
      (sum, line) => sum + Math.max(1, Math.ceil(displayWidth(removeColors(line)) / columns)),
      0,
    );
    if (rows === 0) return "";
    return rows === 1 ? "\r\x1b[J" : `\r\x1b[${rows - 1}A\x1b[J`;
  };
  const draw = (lines: readonly string[]) => {
    host.terminal.err(back() + lines.join("\n"));
    before = lines;
  };
  return { draw, clear: () => draw([]) };
}
