import { formatProblem } from "../../config/schema/problem_order.ts";
import type { Problem } from "../../config/values/located.ts";
import { printable } from "./printable.ts";

/** `file:line:column: path: message` on one line, whatever the files hold. */
export function problemLine(problem: Problem): string {
  return printable(formatProblem(problem));
}
