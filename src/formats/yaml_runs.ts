import type { YamlNode } from "./yaml_node.ts";

/** Neighbouring items of a mapping, as indexes: keys and values in turn. */
export interface Run {
  readonly from: number;
  readonly to: number;
}

/** The neighbouring pairs whose keys are to go. */
export function removedRuns(map: YamlNode, gone: ReadonlySet<YamlNode>): Run[] {
  const runs: Run[] = [];
  for (let i = 0; i < map.items.length; i += 2) {
    if (!gone.has(map.items[i]!)) continue;
    const before = runs.at(-1);
    if (before?.to === i) runs[runs.length - 1] = { from: before.from, to: i + 2 };
    else runs.push({ from: i, to: i + 2 });
  }
  return runs;
}
