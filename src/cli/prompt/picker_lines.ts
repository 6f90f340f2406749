import { cutTo, displayWidth, padTo, splitGraphemes } from "../../formats/text/display_width.ts";
import type { Paint } from "../output/paint.ts";
import { printable } from "../output/text.ts";
import type { Option, Picking } from "./picker_state.ts";

interface Size {
  readonly columns: number;
  readonly rows: number;
}

const MOST_SHOWN = 10;
/** The question, the help, the typed line. */
const AROUND = 3;
const NAME_MOST = 40;
const TYPE = "Type to filter: ";

/** How many options are shown at once. */
export function countRows({ rows }: Size): number {
  return Math.min(MOST_SHOWN, Math.max(1, rows - AROUND));
}

interface PickerLook {
  readonly question: string;
  readonly size: Size;
  readonly paint: Paint;
  /** Where several may be chosen. */
  readonly several?: {
    readonly checked: ReadonlySet<Option>;
    /** Which keys there are. */
    readonly keys: string;
  };
}

/** The lines of a picker, each shorter than the terminal is wide; the cursor's place is the end of the last one. */
export function pickerLines(picking: Picking, look: PickerLook): readonly string[] {
  const { question, size, paint, several } = look;
  const width = size.columns - 1;
  const plain = (text: string) => cutTo(printable(text), width);
  const [from, shown] = selectWindow(picking, countRows(size));
  const names = Math.min(NAME_MOST, Math.max(0, ...shown.map(({ name }) => displayWidth(printable(name)))));
  const options = shown.map((option, index) => {
    const marked = from + index === picking.at;
    const box = several === undefined ? "" : several.checked.has(option) ? "[x] " : "[ ] ";
    const start = `${marked ? ">" : " "} ${box}`;
    const line = cutTo(`${start}${optionLine(option, { names, width: width - start.length })}`, width);
    return marked ? paint("cyan", line) : line;
  });
  const help = size.rows > AROUND + 1 ? [paint("dim", plain(renderHelp(picking, several)))] : [];
  return [paint("bold", plain(question)), ...options, ...help, renderTypedLine(picking, width)];
}

/** The marked option stays near the middle, so that what is next can be seen. */
function selectWindow({ fitting, at }: Picking, page: number): readonly [number, readonly Option[]] {
  const from = Math.max(0, Math.min(at - Math.floor(page / 2), fitting.length - page));
  return [from, fitting.slice(from, from + page)];
}

/** A name that is too long is cut, and not what is said of it: else a name could say another account, and hide its own. */
function optionLine(
  option: Option,
  { names, width }: { readonly names: number; readonly width: number },
): string {
  const note = cutTo(printable(option.note), Math.max(0, Math.floor(width / 2), width - names - GAP.length));
  const room = Math.max(0, width - displayWidth(note) - GAP.length);
  return `${padTo(cutTo(printable(option.name), room), Math.min(names, room))}${GAP}${note}`.trimEnd();
}

const GAP = "  ";

function renderHelp({ among, fitting, at }: Picking, several: PickerLook["several"]): string {
  if (fitting.length === 0) return `No match among ${among.length}; Esc cancels`;
  const count = fitting.length === among.length ? `${among.length}` : `${fitting.length} (of ${among.length})`;
  if (several !== undefined) return `${several.checked.size} of ${among.length} checked; ${several.keys}`;
  return `${at + 1} of ${count}; Up and Down move, Enter selects, Esc cancels`;
}

/** Its end is what matters when it is too long. */
function renderTypedLine({ typed }: Picking, width: number): string {
  const label = displayWidth(TYPE) * 2 > width ? "> " : TYPE;
  const end = [...splitGraphemes(printable(typed))];
  while (end.length > 0 && displayWidth(label + end.join("")) > width) end.shift();
  return label + end.join("");
}
