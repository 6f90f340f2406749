/** Keeps files, folders, functions and signatures in src/ to their sizes; prints every count. */
import { formatFinding } from "./lint/finding.ts";
import { parseProgram } from "./lint/program.ts";
import { checkSizes, type Counts, LIMITS } from "./lint/sizes.ts";
import { readSources } from "./lint/source_files.ts";

function main(): number {
  const { counts, findings } = checkSizes(parseProgram(readSources(["src"])));
  for (const finding of findings) console.error(formatFinding(finding));
  for (const line of countLines(counts)) console.log(line);
  console.log(`sizes: ${findings.length} refused`);
  return findings.length === 0 ? 0 : 1;
}

function countLines(counts: Counts): readonly string[] {
  const { least, most } = LIMITS.fileMedian;
  return [
    `files: ${counts.files}, median ${counts.fileMedian} lines (${least} to ${most}), ` +
    `longest ${counts.longestFile} (at most ${LIMITS.fileLines})`,
    `files of ${LIMITS.shortFile} lines or less: ${counts.shortFiles} (at most ${LIMITS.shortFiles})`,
    `files in the fullest folder: ${counts.fullestFolder.files} in ${counts.fullestFolder.path} ` +
    `(at most ${LIMITS.folderFiles})`,
    `functions: median ${counts.functionMedian} lines (at most ${LIMITS.functionMedian}), ` +
    `most parameters ${counts.mostParameters} (at most ${LIMITS.parameters})`,
    `small types that stand in one signature only: ${counts.singleUseTypes} (none)`,
  ];
}

if (import.meta.main) Deno.exit(main());
