import type { ConfigModel } from "../../../integrations/contract/model.ts";
import { counted } from "../../output/counted.ts";
import type { Paint } from "../../output/paint.ts";
import { printable } from "../../output/printable.ts";
import { problemLine } from "../../output/problem_line.ts";
import type { Verdict } from "./verdict.ts";

export interface TextInput {
  readonly verdict: Verdict;
  readonly paint: Paint;
  /** Also say what was read. */
  readonly verbose: boolean;
}

/** The verdict for people: errors, warnings, and one line that sums it up. */
export function verdictText({ verdict, paint, verbose }: TextInput): string {
  const [errors, warnings] = [lines(verdict, "error"), lines(verdict, "warning")];
  const parts = [
    ...(verbose ? readLines(verdict) : []),
    ...(errors.length === 0 ? [] : [paint("red", "Errors:"), ...errors]),
    ...(warnings.length === 0 ? [] : [paint("yellow", "Warnings:"), ...warnings]),
    summary(verdict, { errors: errors.length, warnings: warnings.length }),
  ];
  return parts.map((line) => `${line}\n`).join("");
}

function lines({ problems }: Verdict, wanted: "error" | "warning"): readonly string[] {
  return problems.filter(({ severity }) => severity === wanted).map(problemLine);
}

function readLines({ files, profiles }: Verdict): readonly string[] {
  return [
    ...files.map((path) => `Read ${printable(path)}`),
    ...profiles.map((name) => `With the profile ${printable(name)}`),
  ];
}

function summary(verdict: Verdict, found: { readonly errors: number; readonly warnings: number }): string {
  const where = `(${counted(verdict.files.length, "file")})`;
  const warned = found.warnings === 0 ? "" : `, with ${counted(found.warnings, "warning")}`;
  if (!verdict.valid) {
    const also = found.warnings === 0 ? "" : `, ${counted(found.warnings, "warning")}`;
    return `The configuration is not valid: ${counted(found.errors, "error")}${also} ${where}`;
  }
  if (verdict.model === undefined) return `The configuration is valid${warned}; it has no auth section ${where}`;
  return `The configuration is valid${warned}: ${contentOf(verdict.model)} ${where}`;
}

/** Only a warning, a kind that this program has not for example, can make an entry useless all the same. */
function contentOf({ providers, identities, integrations, broken }: ConfigModel): string {
  const content = [
    counted(providers.size, "provider"),
    counted(identities.size, "identity"),
    counted(integrations.size, "integration"),
  ].join(", ");
  return broken.length === 0 ? content : `${content}, and ${counted(broken.length, "entry")} that cannot be used`;
}
