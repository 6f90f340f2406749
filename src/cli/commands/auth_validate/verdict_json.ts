import type { Problem } from "../../../config/values/located.ts";
import type { AppError } from "../../../errors.ts";
import { jsonText } from "../../output/json_text.ts";
import type { Verdict } from "./verdict.ts";

/** The verdict as data. */
export function verdictJson({ valid, files, problems }: Verdict): string {
  return jsonText({ valid, files, problems: problems.map(problemData) });
}

/** A configuration that could not be read to its end: the one problem that stopped it. */
export function stoppedJson({ message, place }: AppError): string {
  const problem = {
    severity: "error",
    file: place?.file ?? null,
    line: place?.line ?? null,
    column: place?.column ?? null,
  };
  return jsonText({ valid: false, files: [], problems: [{ ...problem, path: "", message }] });
}

function problemData({ severity, place: { file, line, column }, path, message }: Problem): object {
  return { severity, file, line, column, path, message };
}
