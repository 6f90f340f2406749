import { placeAt } from "../text/position.ts";
import { DotenvError } from "../text/source_error.ts";

/** A variable of a file, with the offset where its line begins. */
export interface DotenvVariable {
  readonly name: string;
  readonly at: number;
  readonly value: string;
}

/** A line: `export`, a name, `=` or `:`, then a value in quotes, which may go over lines, or one up to ` #`. */
const LINE =
  /(?:[ \t]*(?:#[^\n]*)?(?:\r?\n|$))|[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*(?:=|:[ \t])[ \t]*(?:'([^']*)'|"([^"\\]*(?:\\[^][^"\\]*)*)"|([^\n'"][^\n]*|))[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/y;

/**
 * The variables of a `.env` file, each once, as the last line that sets it says. `$NAME` and `${NAME}` mean variables
 * that the file has set before; nothing comes from the environment. Throws DotenvError with line and column.
 */
export function parseDotenv(text: string): readonly DotenvVariable[] {
  const variables = new Map<string, DotenvVariable>();
  const line = new RegExp(LINE);
  line.lastIndex = text.startsWith("\uFEFF") ? 1 : 0;
  while (line.lastIndex < text.length) {
    const at = line.lastIndex;
    const found = line.exec(text);
    if (found === null) throw new DotenvError("this is not a NAME=value line", placeAt(text, at));
    const name = found[1];
    if (name !== undefined) variables.set(name, { name, at, value: parseValue(found, variables) });
  }
  return [...variables.values()];
}

function parseValue(
  [, , single, double, bare]: RegExpExecArray,
  variables: ReadonlyMap<string, DotenvVariable>,
): string {
  if (single !== undefined) return single;
  const text = double ?? (bare ?? "").replace(/(?:^|[ \t]+)#.*$/, "").trim();
  return text.replace(
    double === undefined ? /\\\$|\$(?:\{(\w+)\}|(\w+))/g : /\\[^]|\$(?:\{(\w+)\}|(\w+))/g,
    (whole, braced?: string, plain?: string) => {
      if (whole.startsWith("\\")) return ESCAPES[whole[1]!] ?? whole[1]!;
      return variables.get(braced ?? plain ?? "")?.value ?? "";
    },
  );
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r" };
