import { PLACEHOLDERS } from "../../src/integrations/eks/alias_placeholders.ts";
import { code, markdownTable } from "./markdown.ts";

/** One row for each word in braces that the name of a context may have. */
export function placeholderTable(): string {
  return markdownTable(
    ["word", "it is"],
    Object.entries(PLACEHOLDERS).map(([name, { is }]) => [code(`{${name}}`), is]),
  );
}
