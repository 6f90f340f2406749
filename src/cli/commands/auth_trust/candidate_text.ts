import type { Paint } from "../../output/paint.ts";
import { printable } from "../../output/printable.ts";
import type { Candidate } from "./candidates.ts";
import type { Wish } from "./wishes.ts";

export interface CandidateInput {
  readonly candidate: Candidate;
  readonly paint: Paint;
}

/** A file, and all that it wants, for a person who has to decide. Commands are shown whole, however long. */
export function candidateText({ candidate: { path, wishes, isChanged }, paint }: CandidateInput): string {
  const changed = isChanged ? paint("yellow", "  (it has changed since you trusted it)") : "";
  const lines = wishes.length === 0
    ? ["  wants nothing that needs trust"]
    : wishes.flatMap((wish) => wishLines(wish, paint));
  return [`${paint("bold", printable(path))}${changed}`, ...lines, ""].map((line) => `${line}\n`).join("");
}

function wishLines({ place, path, does, text }: Wish, paint: Paint): readonly string[] {
  const where = `  ${place.line}:${place.column}: ${printable(path)} ${does}:`;
  const [first = "", ...rest] = text.split("\n").map((line) => paint("cyan", printable(line)));
  return rest.length === 0 ? [`${where} ${first}`] : [where, ...[first, ...rest].map((line) => `      ${line}`)];
}
