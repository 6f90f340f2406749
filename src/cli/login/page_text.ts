import { displayWidth } from "../display_width.ts";
import { type Paint, unpainted } from "../paint.ts";

/** A page where a person confirms a login. Texts without control characters. */
export interface PageToOpen {
  readonly title: string;
  readonly url: string;
  /** Whether the browser has been told to open it. */
  readonly opened: boolean;
  /** What the page shows, too. */
  readonly code?: string;
}

export interface PageStyle {
  readonly paint: Paint;
  /** Of the terminal; undefined where lines are all that can be drawn. */
  readonly columns: number | undefined;
}

const WARNING = "Only approve if you started this login yourself.";

/** What to do in the browser: in a box where it fits. The address is on a line of its own, to be clicked or copied. */
export function pageText(page: PageToOpen, { paint, columns = 0 }: PageStyle): string {
  const code = (text: string) => page.code === undefined ? [] : [`${text} ${paint("bold", page.code)}`];
  const where = page.opened
    ? "Your browser opens the page below."
    : "Open the page below in a browser, on any machine.";
  const inner = [where, ...code("Compare the code: "), WARNING];
  const width = Math.max(...inner.map((line) => displayWidth(unpainted(line))));
  if (width + 4 < columns) return `${boxed({ title: page.title, inner, width })}${paint("cyan", page.url)}\n`;
  const first = page.opened ? "Your browser opens this page:" : "Open this page in a browser, on any machine:";
  const lines = [first, `  ${paint("cyan", page.url)}`, ...code("and compare the code: "), WARNING];
  return `${page.title}\n${lines.map((line) => `  ${line}\n`).join("")}`;
}

interface Box {
  readonly title: string;
  readonly inner: readonly string[];
  readonly width: number;
}

function boxed({ title, inner, width }: Box): string {
  const top = `╭─ ${title} ${"─".repeat(width - displayWidth(title) - 1)}╮`;
  const lines = inner.map((line) => `│ ${line}${" ".repeat(width - displayWidth(unpainted(line)))} │`);
  return [top, ...lines, `╰${"─".repeat(width + 2)}╯`, ""].join("\n");
}
