import { type FunctionTable, int, str, takes } from "./arguments.ts";

/** Sprig's functions about regular expressions. https://masterminds.github.io/sprig/strings.html */
const PLAIN: FunctionTable = {
  regexMatch: takes(2, (pattern, text) => regex(pattern, "u").test(str(text))),
  regexFind: takes(2, (pattern, text) => regex(pattern, "u").exec(str(text))?.[0] ?? ""),
  regexFindAll: takes(
    3,
    (...[pattern, text, count]) =>
      limited([...str(text).matchAll(regex(pattern, "gu"))].map(([one]) => one), int(count)),
  ),
  regexReplaceAll: takes(3, (...[pattern, text, now]) => str(text).replace(regex(pattern, "gu"), expander(str(now)))),
  regexReplaceAllLiteral: takes(
    3,
    (...[pattern, text, now]) => str(text).replace(regex(pattern, "gu"), () => str(now)),
  ),
  regexSplit: takes(3, (...[pattern, text, count]) => split(str(text), { pattern, count: int(count) })),
  regexQuoteMeta: takes(1, (text) => str(text).replace(/[\\.+*?()|[\]{}^$]/g, "\\$&")),
};

/** `mustX` fails where `x` does; here both say what is wrong. */
export const REGEXES: FunctionTable = {
  ...PLAIN,
  ...Object.fromEntries(Object.entries(PLAIN).map(([name, one]) => [`mustR${name.slice(1)}`, one])),
};

const CLASSES: Readonly<Record<string, string>> = {
  ...{ alpha: "A-Za-z", digit: "0-9", alnum: "0-9A-Za-z", upper: "A-Z", lower: "a-z", space: "\\s", word: "\\w" },
  ...{ xdigit: "0-9A-Fa-f", punct: "!-\\/:-@\\[-`{-~" },
};

/** Go's expressions are RE2's: other flags, groups and classes. https://github.com/google/re2/wiki/Syntax */
function regex(pattern: unknown, flags: string): RegExp {
  const given = str(pattern);
  const [start = "", own = ""] = /^\(\?([ims]+)\)/.exec(given) ?? [];
  const translated = given.slice(start.length)
    .replaceAll("(?P<", "(?<").replaceAll("\\z", "$(?![\\s\\S])").replaceAll("\\A", "^")
    .replace(/\[:(\w+):\]/g, (whole, name) => CLASSES[name] ?? whole)
    .replace(/\\([-_'"#@!%&,:;<>=~` /])/g, (_, one) => one === "-" ? "\\x2d" : one === "/" ? "\\/" : one);
  try {
    return new RegExp(translated, [...new Set(flags + own)].join(""));
  } catch {
    throw new Error(`expected a regular expression, found ${JSON.stringify(given)}`);
  }
}

function limited<T>(items: readonly T[], count: number): readonly T[] {
  return count < 0 ? items : items.slice(0, count);
}

/** `$1`, `${1}` and `${name}` stand for groups; `$1x` is the group named "1x". */
function expander(template: string): (...found: unknown[]) => string {
  return (...found) => {
    const names = typeof found.at(-1) === "object" ? found.at(-1) as Record<string, string> : {};
    const groups = found.slice(0, found.findIndex((one) => typeof one === "number"));
    return template.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (...[whole, braced, bare]) => {
      if (whole === "$$") return "$";
      const name = braced ?? bare;
      return String((/^\d+$/.test(name) ? groups[Number(name)] : names[name]) ?? "");
    });
  };
}

function split(
  text: string,
  { pattern, count }: { readonly pattern: unknown; readonly count: number },
): readonly string[] {
  if (count === 0) return [];
  const parts: string[] = [];
  let at = 0;
  for (const { 0: found, index } of text.matchAll(regex(pattern, "gu"))) {
    if (parts.length === count - 1) break;
    if (found === "" && (index === 0 || index === text.length)) continue;
    parts.push(text.slice(at, index));
    at = index + found.length;
  }
  return [...parts, text.slice(at)];
}
