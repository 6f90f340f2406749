import type { Program } from "./program.ts";
import { type Finding, findingAt } from "./finding.ts";
import { type Import, importsOf, isRelative, resolvePath } from "./imports.ts";

interface Edge {
  readonly to: string;
  readonly found: Import;
}

type Graph = ReadonlyMap<string, readonly Edge[]>;

/** Import circles, also inside a folder. Type-only and lazy imports run nothing at load time and close no circle. */
export function checkCycles({ files }: Program): readonly Finding[] {
  const graph: Graph = new Map(files.map((file) => [file.fileName, edgesOf(file.fileName, importsOf(file))]));
  const done = new Set<string>();
  return [...graph.keys()].flatMap((file) => visit({ file, trail: [] }, { graph, done }));
}

function edgesOf(file: string, imports: readonly Import[]): readonly Edge[] {
  return imports.flatMap((found) => {
    const { specifier, lazy, typeOnly } = found;
    if (specifier === undefined || lazy || typeOnly || !isRelative(specifier)) return [];
    return [{ to: resolvePath(file, specifier), found }];
  });
}

function visit(
  at: { readonly file: string; readonly trail: readonly string[] },
  state: { readonly graph: Graph; readonly done: Set<string> },
): readonly Finding[] {
  if (state.done.has(at.file)) return [];
  const trail = [...at.trail, at.file];
  const findings = (state.graph.get(at.file) ?? []).flatMap(({ to, found }) => {
    const start = trail.indexOf(to);
    if (start < 0) return visit({ file: to, trail }, state);
    return [findingAt(found.node, { rule: "cycle", message: [...trail.slice(start), to].join(" -> ") })];
  });
  state.done.add(at.file);
  return findings;
}
