import type { ConfigHost } from "../../config/load_config.ts";
import { trustCommand } from "../../config/trust/trust_command.ts";
import { briefPath, briefValue } from "../../config/trust/brief_value.ts";
import { makeTrustRecords, TrustGate, type UntrustedPower } from "../../config/trust/trust_gate.ts";
import { trustPowers } from "../../config/trust/trust_list.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { escapeControls } from "../../formats/text/terminal_text.ts";
import type { StoreHost } from "../../store/replace.ts";
import type { Globals } from "../args/global_flags.ts";
import { type Paint, paintFor } from "../output/paint.ts";
import { formatCount, printable } from "../output/text.ts";
import { isConfirmed } from "../prompt/confirm.ts";
import { type ConfigGlobals, configInput } from "./config_input.ts";

export type TrustHost = ConfigHost & StoreHost & Needs<"terminal">;

/**
 * Returns the gate of a command that uses the configuration: at a terminal the user is asked about what is not trusted,
 * and a yes is remembered.
 */
export function trustGate(
  host: TrustHost,
  globals: ConfigGlobals & Pick<Globals, "no-color">,
  component?: { readonly name: string; readonly stack?: string | undefined },
): TrustGate {
  const { isTty } = host.terminal;
  return new TrustGate(host, {
    command: () => trustCommand(host, { ...configInput(globals), component }),
    ask: isTty.stdin && isTty.stderr ? (powers) => askTrust(host, { powers, globals }) : undefined,
  });
}

const HEADING = "This command would use settings of the working tree that need your trust";

/** Only a yes is a yes. */
async function askTrust(
  host: TrustHost,
  { powers, globals }: { readonly powers: readonly UntrustedPower[]; readonly globals: Pick<Globals, "no-color"> },
): Promise<boolean> {
  const { terminal } = host;
  const paint = paintFor(host, { stream: "stderr", globals });
  terminal.err(`${HEADING}:\n`);
  terminal.errRaw(powersText({ powers, paint }));
  if (!await confirmTrust(host, powers)) return false;
  const kept = makeTrustRecords(powers);
  if (kept.length === 0) return true;
  try {
    await trustPowers(host, kept);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    terminal.err(`Warning: Trusted for this run only: ${printable(error.message)}\n`);
  }
  return true;
}

/** Returns whether the user says yes; Enter alone, or the end of the input, is no. Permission: terminal. */
export async function confirmTrust(
  { terminal }: Needs<"terminal">,
  powers: readonly UntrustedPower[],
): Promise<boolean> {
  const lines = powers.flatMap((power) => powerLines(power, (_style, text) => text));
  if (lines.length > MOST_AT_A_GLANCE) terminal.errRaw(reasonsText(powers));
  return await isConfirmed({ terminal }, `Trust ${formatCount(powers.length, "setting")}?`);
}

/** More lines than this may have left the screen. */
const MOST_AT_A_GLANCE = 20;

/** What many powers do, so that one of another kind among them is seen. */
function reasonsText(powers: readonly UntrustedPower[]): string {
  const kinds = [...Map.groupBy(powers, ({ reason }) => reason)].sort(([, one], [, other]) =>
    one.length - other.length
  );
  const lines = kinds.map(([reason, alike]) => {
    const { place: { file, line } } = alike[0]!;
    return `  ${formatCount(alike.length, "setting")} (${escapeControls(file)}:${line}): ${escapeControls(reason)}\n`;
  });
  return `All together:\n${lines.join("")}`;
}

/**
 * Returns the powers file by file, a line each, or a few for values of many lines: whole, for {@link TerminalPort.errRaw}.
 * What is not to be shown is not in them, and a text that was left out or replaced here would be trusted unseen.
 */
export function powersText(
  { powers, paint }: { readonly powers: readonly UntrustedPower[]; readonly paint: Paint },
): string {
  const files = Map.groupBy(powers, ({ place }) => place.file);
  const lines = [...files].flatMap(([file, ofFile]) => [
    paint("bold", escapeControls(file)),
    ...ofFile.flatMap((power) => powerLines(power, paint)),
  ]);
  return lines.map((line) => `${line}\n`).join("");
}

function powerLines(power: UntrustedPower, paint: Paint): readonly string[] {
  const { place, path, shown, reason, isChanged, former, scope } = power;
  const changed = isChanged ? paint("yellow", " (changed since you trusted it)") : "";
  const [first = "", ...rest] = briefValue(shown, place, former).split("\n").map((line) =>
    paint("cyan", escapeControls(line))
  );
  const end = `  ${escapeControls(reason)}${scope === undefined ? "" : `, ${escapeControls(scope)}`}${changed}`;
  const where = `  ${place.line}:${place.column}: ${escapeControls(briefPath(path))}:`;
  return rest.length === 0
    ? [`${where} ${first}${end}`]
    : [`${where}${end}`, ...[first, ...rest].map((line) => `      | ${line}`)];
}
