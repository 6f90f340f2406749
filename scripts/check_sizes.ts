/** Keeps files and functions in src/ short; prints the medians. */
import { formatFinding } from "./lint/finding.ts";
import { parseProgram } from "./lint/program.ts";
import { checkSizes, LIMITS } from "./lint/sizes.ts";
import { readSources } from "./lint/source_files.ts";

function main(): number {
  const sources = readSources(["src"]);
  const { fileMedian, functionMedian, findings } = checkSizes(parseProgram(sources));
  for (const finding of findings) console.error(formatFinding(finding));
  console.log(
    `sizes: median file ${fileMedian} lines (at most ${LIMITS.fileMedian}), ` +
      `median function ${functionMedian} (at most ${LIMITS.functionMedian}), ${findings.length} refused`,
  );
  return findings.length === 0 ? 0 : 1;
}

if (import.meta.main) Deno.exit(main());
