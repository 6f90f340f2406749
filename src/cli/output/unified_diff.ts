import { escapeUnseen } from "../../formats/text/terminal_text.ts";

interface DiffInput {
  readonly path: string;
  /** undefined when there is no file. */
  readonly before: string | undefined;
  readonly after: string;
}

/** A unified diff as `diff -u` writes it, to be read: what no one would see in it is an escape. Nothing for equal texts. */
export async function unifiedDiff({ path, before, after }: DiffInput): Promise<string> {
  if (before === after) return "";
  const { createTwoFilesPatch, FILE_HEADERS_ONLY: headerOptions } = await import("diff");
  const from = before === undefined ? "/dev/null" : path;
  const none = undefined;
  return escapeUnseen(createTwoFilesPatch(from, path, before ?? "", after, none, none, { headerOptions }));
}
