import type { Needs } from "../../host/host.ts";
import type { Paint } from "../output/paint.ts";
import { printable } from "../output/text.ts";
import { applyKey, type Option, type Picking, startPicking } from "./picker_state.ts";
import { type Key, makeInterruption, parseKey } from "./key.ts";
import { countRows, pickerLines } from "./picker_lines.ts";
import { getScreen, type Screen } from "./screen.ts";

interface PickInput {
  readonly question: string;
  readonly among: readonly Option[];
  readonly paint: Paint;
}

type PickHost = Needs<"terminal">;

/**
 * Lets a person pick one of many with the keys of a terminal, on stderr; undefined for none (Esc, Ctrl-D, the end of
 * stdin). What was typed before the list stood there chooses none. AppError "interrupted" for Ctrl-C.
 */
export async function pick(host: PickHost, input: PickInput): Promise<Option | undefined> {
  return await host.terminal.keys(async (next) => {
    const screen = getScreen(host);
    let picking = startPicking(input.among);
    try {
      for (;;) {
        const size = host.terminal.size();
        screen.draw(pickerLines(picking, { ...input, size }));
        const sequence = await next();
        const key = parseKey(sequence);
        const answer = sequence === undefined ? NONE : answerTo(picking, key);
        if (answer.kind === "done") return tell(host, { input, screen, option: answer.option });
        picking = applyKey(picking, { key, page: countRows(size) });
      }
    } finally {
      screen.clear();
    }
  }, true);
}

type Answer = { readonly kind: "done"; readonly option: Option | undefined } | { readonly kind: "more" };

const NONE: Answer = { kind: "done", option: undefined };

function answerTo({ typed, fitting, at }: Picking, { kind }: Key): Answer {
  if (kind === "interrupt") throw makeInterruption();
  const ends = kind === "none" || kind === "end" && typed === "";
  if (ends) return NONE;
  const option = fitting[at];
  return kind === "enter" && option !== undefined ? { kind: "done", option } : { kind: "more" };
}

/** What was chosen stays to be read. */
function tell(
  host: PickHost,
  { input: { question, paint }, screen, option }: {
    readonly input: PickInput;
    readonly screen: Screen;
    readonly option: Option | undefined;
  },
): Option | undefined {
  screen.clear();
  if (option !== undefined) {
    host.terminal.err(`${printable(question)} ${paint("cyan", printable(option.name))}\n`);
  }
  return option;
}
