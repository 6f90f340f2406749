/**
 * Refuses what would blur the map in src/README.md: imports that do not go down, circles, barrels, effects outside
 * src/host, packages where they do not belong, names that say nothing, texts that users would read twice.
 */
import { checkBarrels } from "./lint/barrels.ts";
import { checkCommandWords } from "./lint/command_words.ts";
import { checkCommands } from "./lint/commands.ts";
import { checkCycles } from "./lint/cycles.ts";
import { checkEffects } from "./lint/effects.ts";
import { type Finding, formatFinding } from "./lint/finding.ts";
import { checkNames } from "./lint/names.ts";
import { checkPackages, checkPins } from "./lint/packages.ts";
import { parseProgram, type SourceText } from "./lint/program.ts";
import { checkTexts } from "./lint/texts.ts";
import { checkRanks } from "./lint/ranks.ts";
import { checkSentencePatterns } from "./lint/sentence_patterns.ts";
import { findSources, readSources } from "./lint/source_files.ts";

/** Everything that is wrong with the program's own sources. */
export function checkBoundaries(sources: readonly SourceText[]): readonly Finding[] {
  const program = parseProgram(sources);
  const checks = [
    ...[checkRanks, checkCycles, checkBarrels, checkPackages],
    ...[checkEffects, checkCommands, checkCommandWords, checkSentencePatterns, checkTexts],
  ];
  return checks.flatMap((check) => check(program));
}

function main(): number {
  const { imports } = JSON.parse(Deno.readTextFileSync("deno.json")) as { imports: Record<string, string> };
  const sources = readSources(["main.ts", "src"]);
  const findings = [
    ...checkBoundaries(sources),
    ...checkPins(imports),
    ...checkNames(findSources(["main.ts", "src", "scripts", "tests"])),
  ];
  for (const finding of findings) console.error(formatFinding(finding));
  console.log(`boundaries: ${sources.length} files, ${findings.length} refused`);
  return findings.length === 0 ? 0 : 1;
}

if (import.meta.main) Deno.exit(main());
