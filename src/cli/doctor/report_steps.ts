import type { Needs } from "../../host/host.ts";
import type { Remedy } from "../../remedy.ts";
import type { Globals } from "../args/global_flags.ts";
import { jsonText } from "../output/json_text.ts";
import { type Paint, paintFor } from "../output/paint.ts";
import { renderParts } from "../output/remedy.ts";
import { withoutSecrets } from "../output/report.ts";
import { formatCount, printable } from "../output/text.ts";
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
  const steps = given.map((step) => renderStep(host, step));
  const paint = paintFor(host, { stream: "stdout", globals });
  host.terminal.out(output === "json" ? jsonText({ steps: steps.map(stepData) }) : stepsText(steps, paint));
  return exitStatus(steps);
}

/** A step as texts, without secrets. */
interface RenderedStep extends Pick<Step, "id" | "state" | "found" | "code"> {
  /** "" for none. */
  readonly fix: string;
  /** A hint on each line; "" for none. */
  readonly hint: string;
}

function renderStep(host: Needs<never>, { fix = "", hint = "", context, found, ...step }: Step): RenderedStep {
  const text = (advice: Remedy) => withoutSecrets(renderParts(host, advice, context));
  return { ...step, found: withoutSecrets(found), fix: text(fix), hint: text(hint) };
}

function stepData({ id, state, found, fix, hint, code }: RenderedStep) {
  return { id, state, found, fix: fix || null, hint: hint || null, code: code ?? null };
}

const COLORS = { ok: "green", warning: "yellow", failure: "red", skipped: "dim" } as const;
const INDENT = " ".repeat(8);

function stepsText(steps: readonly RenderedStep[], paint: Paint): string {
  const lines = steps.flatMap((step) => stepLines(step, paint));
  return [...lines, summary(steps)].map((line) => `${line}\n`).join("");
}

function stepLines({ id, state, found, fix, hint }: RenderedStep, paint: Paint): readonly string[] {
  return [
    `${paint(COLORS[state], state.padEnd(7))} ${paint("bold", id)}: ${printable(found)}`,
    ...(fix === "" ? [] : [`${INDENT}${paint("cyan", "Fix:")} ${printable(fix)}`]),
    ...hint.split("\n").filter((line) => line !== "").map((line) =>
      `${INDENT}${paint("cyan", "Hint:")} ${printable(line)}`
    ),
  ];
}

function summary(steps: readonly Pick<Step, "state">[]): string {
  const count = (wanted: Verdict["state"]) => steps.filter(({ state }) => state === wanted).length;
  return `${formatCount(count("failure"), "failure")}, ${formatCount(count("warning"), "warning")}`;
}
