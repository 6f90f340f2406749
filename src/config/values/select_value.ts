import type { Located } from "./located.ts";

const STEP = /\.?"([^"]*)"|\.?([^.[\]"\s]+)|\.?\[(\d+)\]/y;

/**
 * The part of a value that a path in the style of yq means: `.a.b`, `.list[0].name`, `."a.b"`, `.` for all of it.
 * undefined when it is not there; RangeError for what is no such path. https://mikefarah.gitbook.io/yq/operators/traverse-read
 */
export function selectValue(value: Located, path: string): Located | undefined {
  const steps = stepsOf(path);
  return steps.reduce<Located | undefined>((from, step) => (from === undefined ? undefined : next(from, step)), value);
}

function stepsOf(path: string): readonly (string | number)[] {
  if (path === ".") return [];
  const steps: (string | number)[] = [];
  const step = new RegExp(STEP);
  while (step.lastIndex < path.length) {
    const found = step.exec(path);
    if (found === null) throw new RangeError(`"${path}" is no path like .a.b or .list[0]`);
    steps.push(found[3] === undefined ? found[1] ?? found[2]! : Number(found[3]));
  }
  return steps;
}

function next(from: Located, step: string | number): Located | undefined {
  if (typeof step === "number") return from.kind === "list" ? from.items[step] : undefined;
  return from.kind === "map" ? from.entries.get(step)?.value : undefined;
}
