interface DiffInput {
  readonly path: string;
  /** undefined when there is no file. */
  readonly before: string | undefined;
  readonly after: string;
}

/** A unified diff as `diff -u` writes it; nothing at all when the texts are equal. */
export async function unifiedDiff({ path, before, after }: DiffInput): Promise<string> {
  if (before === after) return "";
  const { createTwoFilesPatch } = await import("diff");
  const patch = createTwoFilesPatch(before === undefined ? "/dev/null" : path, path, before ?? "", after);
  return patch.replace(/^(Index: .*\n)?=+\n/, "");
}
