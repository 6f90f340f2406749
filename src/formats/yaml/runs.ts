import type { YamlNode } from "./node.ts";

/** Neighbouring items of a list, or of a mapping (keys and values in turn), as indexes. */
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

/** The neighbouring items of a list that are to go. */
export function itemRuns(list: YamlNode, gone: ReadonlySet<YamlNode>): Run[] {
  const runs: Run[] = [];
  list.items.forEach((item, i) => {
    if (!gone.has(item)) return;
    const before = runs.at(-1);
    if (before?.to === i) runs[runs.length - 1] = { from: before.from, to: i + 1 };
    else runs.push({ from: i, to: i + 1 });
  });
  return runs;
}
