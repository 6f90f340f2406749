import type { Needs } from "../../host/host.ts";
import type { Globals } from "../args/global_flags.ts";
import { jsonText } from "../output/json_text.ts";
import { addToCommands, configurationWords } from "../output/keep_configuration.ts";
import { type Paint, paintFor } from "../output/paint.ts";
import { withoutSecrets } from "../output/report.ts";
import { counted, printable } from "../output/text.ts";
import { exitStatus, type Step, type Verdict } from "./step.ts";

/** Prints the steps on stdout, and returns the exit status. */
export function reportSteps(
  host: Needs<"env" | "terminal">,
  { steps: given, output, globals }: {
    readonly steps: readonly Step[];
    readonly output: "text" | "json";
    readonly globals: Globals;
  },
): number {
  const words = configurationWords(globals);
  const steps = given.map((step) => withConfiguration(step, words));
  const paint = paintFor(host, { stream: "stdout", globals });
  host.terminal.out(output === "json" ? jsonText({ steps: steps.map(stepData) }) : stepsText(steps, paint));
  return exitStatus(steps);
}

/** The commands without secrets, and for the configuration that was named. */
function withConfiguration({ found, fix, hint, ...step }: Step, words: readonly string[]): Step {
  const command = (text: string) => withoutSecrets(addToCommands(text, words));
  return {
    ...step,
    found: withoutSecrets(found),
    ...(fix === undefined ? {} : { fix: command(fix) }),
    ...(hint === undefined ? {} : { hint: command(hint) }),
  };
}

function stepData({ id, state, found, fix, hint, code }: Step) {
  return { id, state, found, fix: fix ?? null, hint: hint ?? null, code: code ?? null };
}

const COLORS = { ok: "green", warning: "yellow", failure: "red", skipped: "dim" } as const;
const INDENT = " ".repeat(8);

function stepsText(steps: readonly Step[], paint: Paint): string {
  const lines = steps.flatMap((step) => stepLines(step, paint));
  return [...lines, summary(steps)].map((line) => `${line}\n`).join("");
}

function stepLines({ id, state, found, fix, hint }: Step, paint: Paint): readonly string[] {
  const hints = (hint ?? "").split("\n").filter((line) => line !== "");
  return [
    `${paint(COLORS[state], state.padEnd(7))} ${paint("bold", id)}: ${printable(found)}`,
    ...(fix === undefined ? [] : [`${INDENT}${paint("cyan", "Fix:")} ${printable(fix)}`]),
    ...hints.map((line) => `${INDENT}${paint("cyan", "Hint:")} ${printable(line)}`),
  ];
}

function summary(steps: readonly Step[]): string {
  const count = (wanted: Verdict["state"]) => steps.filter(({ state }) => state === wanted).length;
  return `${counted(count("failure"), "failure")}, ${counted(count("warning"), "warning")}`;
}
