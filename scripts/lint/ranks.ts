import type { Program } from "./program.ts";
import { type Finding, findingAt } from "./finding.ts";
import { type Import, importsOf, isRelative, resolvePath } from "./imports.ts";

/** An import goes to a lower rank or stays in its folder (src/README.md). Files directly in src/ are named one by one. */
const RANKS: Readonly<Record<string, number>> = {
  "src/errors.ts": -1,
  "src/secret.ts": -1,
  "src/version.ts": -1,
  "src/host": 0,
  "src/formats": 1,
  "src/store": 1,
  "src/aws": 2,
  "src/kube": 2,
  "src/docker": 2,
  "src/config": 2,
  "src/stacks": 3,
  "src/auth": 3,
  "src/integrations": 4,
  "src/cli": 5,
  "src/app.ts": 6,
  "main.ts": 7,
};

/** The folder of src/ a file belongs to, or the file itself when it lies beside them. */
function moduleOf(path: string): string {
  const parts = path.split("/");
  return parts[0] === "src" ? parts.slice(0, 2).join("/") : path;
}

/** Imports that do not go down. */
export function checkRanks({ files }: Program): readonly Finding[] {
  return files.flatMap((file) => {
    if (RANKS[moduleOf(file.fileName)] === undefined) {
      return [
        findingAt(file, { rule: "rank", message: `${moduleOf(file.fileName)} has no rank in scripts/lint/ranks.ts` }),
      ];
    }
    return importsOf(file).flatMap((found) => checkImport(file.fileName, found));
  });
}

function checkImport(file: string, { node, specifier }: Import): readonly Finding[] {
  if (specifier === undefined || !isRelative(specifier)) return [];
  const from = moduleOf(file);
  const to = moduleOf(resolvePath(file, specifier));
  const [own, other] = [RANKS[from], RANKS[to]];
  if (other === undefined) {
    return [findingAt(node, { rule: "rank", message: `"${specifier}" is no ranked part of src/` })];
  }
  if (from === to || own === undefined || other < own) return [];
  const message = `${from} (rank ${own}) must not import ${to} (rank ${other}): only lower ranks`;
  return [findingAt(node, { rule: "rank", message })];
}
