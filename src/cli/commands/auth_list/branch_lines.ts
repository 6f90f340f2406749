/** A line of a tree, with what hangs below it. */
export interface Branch {
  readonly label: string;
  readonly branches: readonly Branch[];
}

/** The lines of a tree, drawn with box characters. */
export function branchLines({ label, branches }: Branch): readonly string[] {
  return [label, ...branches.flatMap((branch, at) => below(branch, at === branches.length - 1))];
}

function below(branch: Branch, isLast: boolean): readonly string[] {
  const [first, ...rest] = branchLines(branch);
  return [`${isLast ? "└──" : "├──"}${first}`, ...rest.map((line) => `${isLast ? "   " : "│  "}${line}`)];
}

/** Branches under a title of their own; nothing for none. */
export function group(label: string, branches: readonly Branch[]): readonly Branch[] {
  return branches.length === 0 ? [] : [{ label, branches }];
}
