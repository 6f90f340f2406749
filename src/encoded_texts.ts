/** Part of a text: from the first character on up to, without it, the second. */
type Range = readonly [from: number, to: number];

/** Ways to write a single character otherwise, and back. */
const ESCAPES: readonly (readonly [pattern: RegExp, decode: (one: string) => string])[] = [
  // Braces as JavaScript, Rust and Perl have them, and C's eight digits: to JSON half of these are letters that follow.
  [/\\[ux]\{[0-9a-f]{1,8}\}/, (one) => codePoint(Number.parseInt(one.slice(3), 16))],
  [/\\u000[01][0-9a-f]{4}/, (one) => one[1] === "U" ? codePoint(Number.parseInt(one.slice(2), 16)) : codeUnit(one)],
  [/\\u[0-9a-f]{4}/, codeUnit],
  [/\\["\\/bfnrt]/, (one) => JSON.parse(`"${one.toLowerCase()}"`)],
  // What C takes for white space, and for the end of a line that goes on.
  [/\\v|\\\r?\n/, () => ""],
  [/(?:\\x0{0,6}[0-9a-f]{2})+/, (one) => decodeBytes(Uint8Array.fromHex(one.replaceAll(/\\x0*(?=[0-9a-f]{2})/gi, "")))],
  [/(?:\\(?:[0-3][0-7]{2}|[0-7]{1,2}))+/, (one) => decodeBytes(Uint8Array.from(one.split("\\").slice(1), readOctal))],
  [/%[0-7][0-9a-f]|(?:%[89a-f][0-9a-f])+/, (one) => decodeBytes(Uint8Array.fromHex(one.replaceAll("%", "")))],
  [/&#[0-9]{1,7};?/, (one) => codePoint(Number.parseInt(one.slice(2)))],
  [/&#x[0-9a-f]{1,6};?/, (one) => codePoint(Number.parseInt(one.slice(3), 16))],
  [/&[a-z]{2,7};/, (one) => ENTITIES[one.slice(1, -1).toLowerCase()] ?? one],
  [/\s+/, () => ""],
];
/** Those of ASCII. https://html.spec.whatwg.org/multipage/named-characters.html */
const ENTITIES: Readonly<Record<string, string>> = {
  ...{ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", sol: "/", bsol: "\\", plus: "+", equals: "=", lowbar: "_" },
  ...{ hyphen: "-", dash: "-", colon: ":", semi: ";", comma: ",", period: ".", excl: "!", quest: "?", num: "#" },
  ...{ dollar: "$", percnt: "%", lpar: "(", rpar: ")", ast: "*", midast: "*", commat: "@", lsqb: "[", lbrack: "[" },
  ...{ rsqb: "]", rbrack: "]", hat: "^", grave: "`", lcub: "{", lbrace: "{", verbar: "|", vert: "|", rcub: "}" },
  ...{ rbrace: "}", tilde: "~", newline: "", tab: "", nbsp: "" },
};

interface EscapeReaders {
  readonly any: RegExp;
  readonly whole: readonly (readonly [pattern: RegExp, decode: (one: string) => string])[];
}

let readers: EscapeReaders | undefined;

/** Made when they are first needed: they take half a millisecond, and most commands print no secret. */
function escapeReaders(): EscapeReaders {
  return readers ??= {
    any: new RegExp(ESCAPES.map(([pattern]) => pattern.source).join("|"), "gi"),
    whole: ESCAPES.map(([pattern, decode]) => [new RegExp(`^(?:${pattern.source})$`, "i"), decode]),
  };
}

/** As often may one escape be in another, as in `%252B`. */
const DEEPEST = 3;

const BASE64_BYTES = 3;
const RUN = /[\w+/=%\\-]/;
/** Ways to write a whole text otherwise: what of it stands there whatever is before and after it. */
const ENCODINGS: Readonly<Record<string, (bytes: Uint8Array<ArrayBuffer>) => readonly string[]>> = {
  base64: (bytes) => base64Cores(bytes, "base64"),
  base64url: (bytes) => base64Cores(bytes, "base64url"),
  hex: (bytes) => [bytes.toHex(), bytes.toHex().toUpperCase()],
};

/** What is left of a text that has escapes itself; less is found by chance. */
const SHORTEST = 8;

/** A longer text is none of a server's: those are cut. A longer one that is looked for is not in it as it is. */
const LONGEST = 65_536;

/**
 * Returns where texts stand in another one in a form that servers and programs echo: escaped as JSON, HTML or URLs have
 * it, also twice, broken by white space, or as base64, base64url or hex, alone, in something longer or in base64 of that.
 */
export function findEncoded(text: string, looked: readonly string[], deepest = 1): readonly Range[] {
  const short = text.length > LONGEST ? [] : looked.filter((one) => one.length <= LONGEST);
  if (short.length === 0) return [];
  const wanted = short.map(makeNeedle);
  return mergeRanges([
    ...findNested(text, looked, deepest),
    ...[...listByteViews(text), ...listPieceViews(text)].flatMap((view) =>
      wanted.flatMap(({ latin }) => occurrences(view.text, latin).map((range) => backToText(view, range)))
    ),
    ...listViews(text).flatMap((view) => {
      const find = (needle: string) => occurrences(view.text, needle).map((range) => backToText(view, range));
      return wanted.flatMap(({ plains, cores }) => [
        ...plains.flatMap(find),
        ...cores.flatMap(find).map((range) => wholeRun(text, range)),
      ]);
    }),
  ]);
}

/** Too short for what is left of a text that is looked for. */
const BASE64_RUN = /[\w+/-]{16,}={0,2}/g;

/** What is base64, or a list of bytes, of something that has such a form in it. */
function findNested(text: string, looked: readonly string[], deepest: number): readonly Range[] {
  if (deepest === 0) return [];
  const find = (inner: string) => findEncoded(inner, looked, deepest - 1);
  const inBase64 = [...text.matchAll(BASE64_RUN)].flatMap(({ 0: run, index }): readonly Range[] => {
    const inner = decodeBase64(run);
    return inner !== undefined && find(inner).length > 0 ? [[index, index + run.length]] : [];
  });
  const inBytes = listByteViews(text).flatMap((view) => find(view.text).map((range) => backToText(view, range)));
  return [...inBase64, ...inBytes];
}

function decodeBase64(run: string): string | undefined {
  try {
    return toLatin(Uint8Array.fromBase64(run.replaceAll("-", "+").replaceAll("_", "/")));
  } catch {
    return undefined;
  }
}

interface Needle {
  /** As views have it, which also decode what it has itself that looks like an escape. */
  readonly plains: readonly string[];
  /** Of all encodings. */
  readonly cores: readonly string[];
  /** Its bytes, a character each. */
  readonly latin: string;
}

/** Long ones are looked for in each line of a log. */
const needles = new Map<string, Needle>();

/** Frees what was made for texts that are no longer looked for. */
export function forgetEncoded(looked: Iterable<string>): void {
  for (const one of looked) needles.delete(one);
}

function makeNeedle(text: string): Needle {
  const known = needles.get(text);
  if (known !== undefined) return known;
  const bytes = new TextEncoder().encode(text);
  const cores = [...new Set(Object.values(ENCODINGS).flatMap((encode) => encode(bytes)))];
  const views = listViews(text.replaceAll(/\s+/g, "")).map((view) => view.text);
  const made = { plains: views.filter((one) => one.length >= SHORTEST), cores, latin: toLatin(bytes) };
  needles.set(text, made);
  return made;
}

/** The letters that depend on these bytes alone, for each place among three that the first one may have. */
function base64Cores(bytes: Uint8Array<ArrayBuffer>, alphabet: "base64" | "base64url"): readonly string[] {
  const whole = bytes.toBase64({ alphabet });
  return [whole, whole.replace(/=+$/, ""), ...[0, 1, 2].map((before) => base64Core(bytes, { before, alphabet }))];
}

function base64Core(
  bytes: Uint8Array<ArrayBuffer>,
  { before, alphabet }: { readonly before: number; readonly alphabet: "base64" | "base64url" },
): string {
  const shifted = new Uint8Array(before + bytes.length);
  shifted.set(bytes, before);
  const end = Math.floor(shifted.length / BASE64_BYTES) * BASE64_BYTES;
  return shifted.subarray(0, end).toBase64({ alphabet }).slice(before === 0 ? 0 : before + 1);
}

/** Bytes in digits, each by itself: `4f:2b`, `0x4f, 0x2b`, and in decimal ones `[79, 43]`. */
const BYTE_RUNS = [
  { run: /(?:(?:0x)?[0-9a-f]{2}h?["'\\\s:;,._/-]{0,6}){8,}/gi, byte: /(?:0x)?([0-9a-f]{2})h?/gi, radix: 16 },
  { run: /(?:\b\d{1,3}["'\\\s:;,._/-]{1,6}){7,}\d{1,3}\b/g, byte: /(\d+)/g, radix: 10 },
];

function listByteViews(text: string): readonly View[] {
  return BYTE_RUNS.flatMap(({ run, byte, radix }) =>
    [...text.matchAll(run)].map(({ 0: digits, index }) => {
      const bytes = [...digits.matchAll(byte)];
      return {
        text: bytes.map(([, one]) => String.fromCharCode(Number.parseInt(one!, radix))).join(""),
        places: bytes.map(({ 0: one, index: at }): Range => [index + at, index + at + one.length]),
      };
    })
  );
}

/** Base64 of a few bytes at a time. */
const PIECES = /(?:[\w+/-]{2,12}={0,2}[\s,;]{1,2}){3,}[\w+/-]{2,12}={0,2}/g;
const PIECE = /[\w+/-]+={0,2}/g;

function listPieceViews(text: string): readonly View[] {
  return [...text.matchAll(PIECES)].map(({ 0: run, index: start }) => {
    const pieces = [...run.matchAll(PIECE)].map(({ 0: piece, index }) => ({
      // What is no base64 is a break.
      bytes: decodeBase64(piece) ?? "\0",
      place: [start + index, start + index + piece.length] as const,
    }));
    return {
      text: pieces.map(({ bytes }) => bytes).join(""),
      places: pieces.flatMap(({ bytes, place }) => Array.from(bytes.split(""), () => place)),
    };
  });
}

function readOctal(digits: string): number {
  return Number.parseInt(digits, 8);
}

/** A text with escapes decoded, and where each of its characters stands in the original one. */
interface View {
  readonly text: string;
  readonly places: readonly Range[];
}

function listViews(text: string): readonly View[] {
  const views: View[] = [{ text, places: Array.from(text.split(""), (_, at) => [at, at + 1]) }];
  while (views.length <= DEEPEST) {
    const [last, next] = [views.at(-1)!, decodeView(views.at(-1)!)];
    if (next.text === last.text) break;
    views.push(next);
  }
  return views;
}

function decodeView({ text, places }: View): View {
  const decoded: string[] = [];
  const decodedPlaces: Range[] = [];
  let at = 0;
  const { any, whole } = escapeReaders();
  const keepUpTo = (end: number) => {
    decoded.push(text.slice(at, end));
    for (let unit = at; unit < end; unit++) decodedPlaces.push(places[unit]!);
  };
  for (const { 0: escape, index } of text.matchAll(any)) {
    keepUpTo(index);
    at = index + escape.length;
    const place: Range = [places[index]![0], places[at - 1]![1]];
    const character = whole.find(([pattern]) => pattern.test(escape))![1](escape);
    decoded.push(character);
    for (let unit = 0; unit < character.length; unit++) decodedPlaces.push(place);
  }
  keepUpTo(text.length);
  return { text: decoded.join(""), places: decodedPlaces };
}

function toLatin(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}

function decodeBytes(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** With what follows it. */
function codeUnit(escape: string): string {
  return String.fromCharCode(Number.parseInt(escape.slice(2, 6), 16)) + escape.slice(6);
}

function codePoint(code: number): string {
  return code <= 0x10_FF_FF ? String.fromCodePoint(code) : "";
}

function occurrences(text: string, needle: string): readonly Range[] {
  const found: Range[] = [];
  if (needle === "") return found;
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) found.push([at, at + needle.length]);
  return found;
}

/** With the letters around it that hold the rest of its bits. */
function wholeRun(text: string, [from, to]: Range): Range {
  let [start, end] = [from, to];
  while (start > 0 && RUN.test(text[start - 1]!)) start--;
  while (end < text.length && RUN.test(text[end]!)) end++;
  return [start, end];
}

function backToText({ places }: View, [from, to]: Range): Range {
  return [places[from]![0], places[to - 1]![1]];
}

function mergeRanges(ranges: readonly Range[]): readonly Range[] {
  const merged: Range[] = [];
  for (const [from, to] of [...ranges].sort(([one], [other]) => one - other)) {
    const last = merged.at(-1);
    if (last === undefined || from > last[1]) merged.push([from, to]);
    else merged[merged.length - 1] = [last[0], Math.max(last[1], to)];
  }
  return merged;
}
