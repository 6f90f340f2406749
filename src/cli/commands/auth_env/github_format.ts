import type { RenderVariables } from "./formats.ts";
import { linesOf } from "./variables.ts";

/**
 * For the file $GITHUB_ENV. A value of several lines stands between two lines with a delimiter, which must not be one
 * of its own lines, or what follows would set other variables. Nothing unsets one for the next steps; for terraform an
 * empty one is as good as none.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#multiline-strings
 */
export const render: RenderVariables = (variables, stale) =>
  linesOf({ ...variables, ...Object.fromEntries(stale.map((name) => [name, ""])) }, (name, value) => {
    if (!/[\r\n]/.test(value)) return `${name}=${value}`;
    const delimiter = delimiterFor(name, value);
    return `${name}<<${delimiter}\n${value}\n${delimiter}`;
  });

function delimiterFor(name: string, value: string): string {
  let delimiter = `ATMOS_EOF_${name}`;
  while (value.includes(delimiter)) delimiter += "_";
  return delimiter;
}
