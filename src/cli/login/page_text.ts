import { displayWidth } from "../../formats/text/display_width.ts";
import type { PageOptions } from "../../auth/flow/login_host.ts";
import { type Paint, removeColors } from "../output/paint.ts";

/** A page where a person confirms a login. Texts without control characters. */
interface PageToOpen extends PageOptions {
  readonly title: string;
  readonly url: string;
  /** Whether the browser has been told to open it. */
  readonly opened: boolean;
  /** What the page shows, too; without one the browser comes back to this machine. */
  readonly code?: string;
}

interface PageStyle {
  readonly paint: Paint;
  /** Of the terminal; undefined where lines are all that can be drawn. */
  readonly columns: number | undefined;
}

const WARNING = "Only approve if you started this login yourself.";
const CONSENT = "Sign in there and allow access to atmos-auth; the browser then returns here automatically.";
const SIGN_IN = "Sign in there; the browser then returns here automatically.";
const back = (first: string) => [
  first,
  "No browser on this machine? Press Ctrl-C and do the same with --device-code.",
];

const TYPED = ["Sign in there, and type the code that the page then shows."];

/** What to do in the browser: in a box where it fits. The address is on a line of its own, to be clicked or copied. */
export function pageText(page: PageToOpen, { paint, columns = 0 }: PageStyle): string {
  const { title, url, opened, code, isAnywhere = false, hasNoConsent = false } = page;
  const uncoded = isAnywhere ? TYPED : back(hasNoConsent ? SIGN_IN : CONSENT);
  const rest = (text: string) => [...(code === undefined ? uncoded : [`${text} ${paint("bold", code)}`]), WARNING];
  const where = `in a browser${code === undefined && !isAnywhere ? " on this machine" : ", on any machine"}`;
  const inner = [
    opened ? "Your browser opens the page below." : `Open the page below ${where}.`,
    ...rest("Compare the code: "),
  ];
  const width = Math.max(...inner.map((line) => displayWidth(removeColors(line))));
  if (width + 4 < columns) return `${drawBox({ title, inner, width })}${paint("cyan", url)}\n`;
  const first = opened ? "Your browser opens this page:" : `Open this page ${where}:`;
  const lines = [first, `  ${paint("cyan", url)}`, ...rest("and compare the code: ")];
  return `${title}\n${lines.map((line) => `  ${line}\n`).join("")}`;
}

function drawBox(
  { title, inner, width }: { readonly title: string; readonly inner: readonly string[]; readonly width: number },
): string {
  const top = `╭─ ${title} ${"─".repeat(width - displayWidth(title) - 1)}╮`;
  const lines = inner.map((line) => `│ ${line}${" ".repeat(width - displayWidth(removeColors(line)))} │`);
  return [top, ...lines, `╰${"─".repeat(width + 2)}╯`, ""].join("\n");
}
