import type { Needs } from "../../host/host.ts";
import type { Paint } from "../output/paint.ts";
import { printable } from "../output/text.ts";
import { makeInterruption, parseKey } from "./key.ts";
import { countRows, pickerLines } from "./picker_lines.ts";
import { applyKey, type Option, type Picking, startPicking } from "./picker_state.ts";
import { getScreen, type Screen } from "./screen.ts";

export interface PickManyInput {
  readonly question: string;
  readonly among: readonly Option[];
  /** Checked from the start. */
  readonly checked: readonly Option[];
  /** What the options of one group share, such as "role"; undefined where there are no groups. */
  readonly groupedBy?: string;
}

interface Choosing {
  readonly picking: Picking;
  readonly checked: ReadonlySet<Option>;
}

/**
 * Lets a user check several of many with the keys of a terminal, on stderr; in the order that they were offered in.
 * What was typed before the list stood there checks none. Where none is checked, Enter takes the marked one. undefined for Esc, Ctrl-D, and the end of stdin.
 * @throws {AppError} interrupted for Ctrl-C
 */
export async function pickMany(
  host: Needs<"terminal">,
  { paint, ...input }: PickManyInput & { readonly paint: Paint },
): Promise<readonly Option[] | undefined> {
  return await host.terminal.keys(async (next) => {
    const screen = getScreen(host);
    let choosing: Choosing = { picking: startPicking(input.among), checked: new Set(input.checked) };
    try {
      for (;;) {
        const size = host.terminal.size();
        const several = { checked: choosing.checked, keys: renderKeys(input) };
        screen.draw(pickerLines(choosing.picking, { question: input.question, paint, size, several }));
        const sequence = await next();
        if (isNone(choosing, sequence)) return undefined;
        const taken = takenBy(choosing, sequence);
        if (taken !== undefined) return tell(host, { input, paint, screen, taken });
        choosing = after(choosing, { sequence: sequence!, page: countRows(size) });
      }
    } finally {
      screen.clear();
    }
  }, true);
}

function renderKeys({ groupedBy }: PickManyInput): string {
  const group = groupedBy === undefined ? "" : `Ctrl-R same ${groupedBy}, `;
  return `Tab toggles, Ctrl-A all, ${group}Enter confirms`;
}

function isNone({ picking: { typed } }: Choosing, sequence: string | undefined): boolean {
  const { kind } = parseKey(sequence);
  if (kind === "interrupt") throw makeInterruption();
  return sequence === undefined || kind === "none" || (kind === "end" && typed === "");
}

/** undefined for another key than Enter, and where there is nothing to take. */
function takenBy({ picking, checked }: Choosing, sequence: string | undefined): readonly Option[] | undefined {
  if (parseKey(sequence).kind !== "enter") return undefined;
  const marked = picking.fitting[picking.at];
  if (checked.size > 0) return picking.among.filter((option) => checked.has(option));
  return marked === undefined ? undefined : [marked];
}

function after(choosing: Choosing, { sequence, page }: { readonly sequence: string; readonly page: number }): Choosing {
  const { picking, checked } = choosing;
  const marked = picking.fitting[picking.at];
  // A blank alone is no filter.
  const checks = sequence === "\t" || (sequence === " " && picking.typed === "");
  if (checks) {
    const below = Math.min(picking.at + 1, Math.max(0, picking.fitting.length - 1));
    return { picking: { ...picking, at: below }, checked: toggle(checked, marked === undefined ? [] : [marked]) };
  }
  if (sequence === "\x01") return { picking, checked: toggle(checked, picking.fitting) };
  if (sequence === "\x12" && marked?.group !== undefined) {
    return { picking, checked: toggle(checked, picking.among.filter(({ group }) => group === marked.group)) };
  }
  return { picking: applyKey(picking, { key: parseKey(sequence), page }), checked };
}

/** All of them are checked, or none where they all were. */
function toggle(checked: ReadonlySet<Option>, some: readonly Option[]): ReadonlySet<Option> {
  const next = new Set(checked);
  const isOn = some.some((option) => !checked.has(option));
  for (const option of some) isOn ? next.add(option) : next.delete(option);
  return next;
}

const TOLD = 3;

/** What was chosen stays to be read. */
function tell(
  { terminal }: Needs<"terminal">,
  { input: { question }, paint, screen, taken }: {
    readonly input: PickManyInput;
    readonly paint: Paint;
    readonly screen: Screen;
    readonly taken: readonly Option[];
  },
): readonly Option[] {
  screen.clear();
  const names = taken.slice(0, TOLD).map(({ name }) => printable(name)).join(", ");
  const more = taken.length > TOLD ? ` and ${taken.length - TOLD} more` : "";
  terminal.err(`${printable(question)} ${paint("cyan", names + more)}\n`);
  return taken;
}
