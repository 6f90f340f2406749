import type { FileFormat } from "../../config/edit/hide_file_secrets.ts";
import { escapeUnseen } from "../../formats/text/terminal_text.ts";

interface DiffInput {
  readonly path: string;
  /** undefined when there is no file. */
  readonly before: string | undefined;
  readonly after: string;
  readonly format: FileFormat;
}

/**
 * A unified diff as `diff -u` writes it, to be read: secrets are left out, and what no one would see in it is an escape.
 * Nothing for equal texts.
 */
export async function unifiedDiff({ path, before, after, format }: DiffInput): Promise<string> {
  if (before === after) return "";
  const { hideFileSecrets } = await import("../../config/edit/hide_file_secrets.ts");
  const { createTwoFilesPatch, FILE_HEADERS_ONLY: headerOptions } = await import("diff");
  const from = before === undefined ? "/dev/null" : path;
  const none = undefined;
  const [old, fresh] = [before ?? "", after].map((text) => hideFileSecrets(text, format));
  return escapeUnseen(createTwoFilesPatch(from, path, old!, fresh!, none, none, { headerOptions }));
}
