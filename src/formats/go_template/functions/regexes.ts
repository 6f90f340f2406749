import { RE2JS } from "re2js";
import { spend } from "../values/effort.ts";
import { type FunctionTable, int, str, takes } from "./arguments.ts";

/**
 * Sprig's functions about regular expressions. They are RE2's, as Go's are: another syntax than JavaScript's, and none
 * takes longer than the text is long. https://masterminds.github.io/sprig/strings.html
 */
const PLAIN: FunctionTable = {
  regexMatch: takes(2, (pattern, text) => ready(pattern, str(text)).test(str(text))),
  regexFind: takes(2, (pattern, text) => firstMatches(str(text), { pattern, count: 1 })[0]?.groups[0] ?? ""),
  regexFindAll: takes(
    3,
    (...[pattern, text, count]) =>
      firstMatches(str(text), { pattern, count: int(count) }).map(({ groups }) => groups[0]),
  ),
  regexReplaceAll: takes(3, (...[pattern, text, now]) => replaceAll(str(text), { pattern, now: expander(str(now)) })),
  regexReplaceAllLiteral: takes(
    3,
    (...[pattern, text, now]) => replaceAll(str(text), { pattern, now: () => str(now) }),
  ),
  regexSplit: takes(3, (...[pattern, text, count]) => split(str(text), { pattern, count: int(count) })),
  regexQuoteMeta: takes(1, (text) => str(text).replace(/[\\.+*?()|[\]{}^$]/g, "\\$&")),
};

/** `mustX` fails where `x` does; here both say what is wrong. */
const SPRIG: FunctionTable = {
  ...PLAIN,
  ...Object.fromEntries(Object.entries(PLAIN).map(([name, one]) => [`mustR${name.slice(1)}`, one])),
};

/** With gomplate's names. https://docs.gomplate.ca/functions/regexp/ */
export const REGEXES: FunctionTable = {
  ...SPRIG,
  "regexp.Match": SPRIG["regexMatch"]!,
  "regexp.Replace": takes(3, (...[pattern, now, text]) => SPRIG["regexReplaceAll"]!.run(pattern, text, now)),
  "regexp.ReplaceLiteral": takes(
    3,
    (...[pattern, now, text]) => SPRIG["regexReplaceAllLiteral"]!.run(pattern, text, now),
  ),
  "regexp.Find": SPRIG["regexFind"]!,
  "regexp.QuoteMeta": SPRIG["regexQuoteMeta"]!,
};

function regex(pattern: unknown): RE2JS {
  const given = str(pattern);
  try {
    return RE2JS.compile(given);
  } catch {
    const start = given.length > 80 ? `${given.slice(0, 80)}…` : given;
    throw new Error(`expected a regular expression, found ${JSON.stringify(start)}`);
  }
}

/** The expression, once what it takes to make it and to search the text has been counted. */
function ready(pattern: unknown, text: string): RE2JS {
  spend(str(pattern).length * 16);
  const expression = regex(pattern);
  spend(expression.programSize() * (50 + text.length / 4));
  return expression;
}

interface Match {
  readonly start: number;
  readonly end: number;
  /** The whole and its groups; nothing for a group that has no part in it. */
  readonly groups: readonly (string | null)[];
  readonly names: Readonly<Record<string, string | null>>;
}

/** As Go finds them: an empty one right after another is none. */
function* matches(text: string, pattern: unknown): Iterable<Match> {
  const matcher = ready(pattern, text).matcher(text);
  for (let last = -1; matcher.find(); last = matcher.end()) {
    const [start, end] = [matcher.start(), matcher.end()];
    // It may have looked at all that comes after it, too.
    spend(1 + matcher.programSize() * (text.length - start) / 64);
    if (start === end && start === last) continue;
    const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, at) => matcher.group(at));
    yield { start, end, groups, names: matcher.getNamedGroups() };
  }
}

/** The first ones; all when the count is below 0. */
function firstMatches(text: string, { pattern, count }: Counted): readonly Match[] {
  const found: Match[] = [];
  if (count === 0) return found;
  for (const match of matches(text, pattern)) if (found.push(match) === count) break;
  return found;
}

interface Counted {
  readonly pattern: unknown;
  readonly count: number;
}

function replaceAll(
  text: string,
  { pattern, now }: { readonly pattern: unknown; readonly now: (match: Match) => string },
): string {
  const parts: string[] = [];
  let at = 0;
  for (const match of matches(text, pattern)) {
    const part = now(match);
    spend(part.length);
    parts.push(text.slice(at, match.start), part);
    at = match.end;
  }
  return parts.join("") + text.slice(at);
}

/** `$1`, `${1}` and `${name}` stand for groups; `$1x` is the group named "1x". */
function expander(template: string): (match: Match) => string {
  return ({ groups, names }) =>
    template.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (...[whole, braced, bare]) => {
      if (whole === "$$") return "$";
      const name = braced ?? bare;
      return (/^\d+$/.test(name) ? groups[Number(name)] : names[name]) ?? "";
    });
}

/** https://pkg.go.dev/regexp#Regexp.Split */
function split(text: string, { pattern, count }: Counted): readonly string[] {
  if (count === 0) return [];
  if (text === "" && str(pattern) !== "") return [""];
  const parts: string[] = [];
  let [at, end] = [0, 0];
  for (const match of firstMatches(text, { pattern, count })) {
    if (count > 0 && parts.length === count - 1) break;
    end = match.start;
    if (match.end !== 0) parts.push(text.slice(at, end));
    at = match.end;
  }
  return end === text.length ? parts : [...parts, text.slice(at)];
}
