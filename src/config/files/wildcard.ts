/** One character of a pattern: a test for it, or "star" for any run of characters. */
type Token = "star" | ((char: string) => boolean);

const TOKEN = /\*+|\?|\[[!^]?\]?(?:\\.|[^\]\\])*\]|\\?./gsu;

/**
 * Whether a name without slashes fits a pattern of `*`, `?` and `[a-z]`; a backslash takes the next character as it is,
 * and no other character is special. Never slow, whatever the pattern: it may come from a repository that was just
 * cloned.
 */
export function fitsWildcard(name: string, pattern: string): boolean {
  if (name.startsWith(".") && !pattern.startsWith(".")) return false;
  const tokens = (pattern.match(TOKEN) ?? []).map(tokenOf);
  return fits([...name], tokens);
}

export function hasWildcard(pattern: string): boolean {
  return /[*?[{]/.test(pattern);
}

/** Whether a pattern ends in `**` alone: everything below a directory. */
export function isAllBelow(pattern: string): boolean {
  return /(?:^|\/)\*\*$/.test(pattern);
}

/** Every pattern that `{a,b}` stands for. Throws RangeError when they are more than 1,000. */
export function expandBraces(pattern: string): readonly string[] {
  let open = [pattern];
  for (const done: string[] = [];; open = open.flatMap(expandOne)) {
    done.push(...open.filter((one) => !BRACES.test(one)));
    open = open.filter((one) => BRACES.test(one));
    if (done.length + open.length > 1000) throw new RangeError("its braces stand for more than 1,000 patterns");
    if (open.length === 0) return done;
  }
}

/** What is before the first braces that hold no others, and what is in them; none of both is escaped. */
const BRACES = /^((?:\\.|[^\\])*?)\{((?:\\.|[^\\{}])*)\}/s;

function expandOne(pattern: string): readonly string[] {
  const found = BRACES.exec(pattern)!;
  const [all, head, choices] = [found[0], found[1]!, found[2]!];
  return choices.split(/(?<!\\),/).map((choice) => head + choice + pattern.slice(all.length));
}

function tokenOf(text: string): Token {
  if (text.startsWith("*")) return "star";
  if (text === "?") return () => true;
  if (text.length > 2 && text.startsWith("[")) return classOf(text.slice(1, -1));
  const literal = unescape(text);
  return (char) => char === literal;
}

function unescape(text: string): string {
  return text.length > 1 && text.startsWith("\\") ? text.slice(1) : text;
}

function classOf(body: string): Token {
  const negated = /^[!^]/.test(body);
  const ranges = [...(negated ? body.slice(1) : body).matchAll(/(\\.|[^\\])(?:-(\\.|[^\\]))?/gsu)];
  const holds = (char: string) =>
    ranges.some(([, from, to]) => char >= unescape(from!) && char <= unescape(to ?? from!));
  return (char) => holds(char) !== negated;
}

/** Goes back to the last star only, which is enough: an earlier one could not do better. */
function fits(chars: readonly string[], tokens: readonly Token[]): boolean {
  let [at, token, star, mark] = [0, 0, -1, 0];
  while (at < chars.length) {
    const wanted = tokens[token];
    if (wanted === "star") [star, mark] = [token++, at];
    else if (wanted?.(chars[at]!)) [at, token] = [at + 1, token + 1];
    else if (star < 0) return false;
    else [token, at] = [star + 1, ++mark];
  }
  return tokens.slice(token).every((rest) => rest === "star");
}
