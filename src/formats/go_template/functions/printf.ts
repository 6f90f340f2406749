import { getKind, getText, numberText } from "../values/value.ts";

const VERB = /%([-+# 0]{0,9})(\*|\d{1,9})?(?:\.(\*|\d{1,9})?)?(?:\[(\d{1,9})\])?([a-zA-Z%])/g;

interface Directive {
  readonly flags: string;
  readonly width: number | undefined;
  readonly precision: number | undefined;
  readonly verb: string;
}

/** Go's `fmt.Sprintf` for the values of templates. https://pkg.go.dev/fmt */
export function sprintf(format: string, args: readonly unknown[]): string {
  let next = 0;
  let isReordered = false;
  const size = (given: string | undefined) => given === "*" ? Number(args[next++]) : Number(given);
  const text = format.replace(VERB, (...[whole, flags, width, precision, place, verb]) => {
    if (verb === "%") return "%";
    const directive = {
      flags,
      width: width === undefined ? undefined : size(width),
      precision: /\.(?=[a-zA-Z])/.test(whole) ? 0 : precision === undefined ? undefined : size(precision),
      verb,
    };
    if (place !== undefined) {
      isReordered = true;
      next = Number(place) - 1;
      if (next < 0 || next >= args.length) return `%!${verb}(BADINDEX)`;
    }
    return next < args.length ? formatVerb(directive, args[next++]) : `%!${verb}(MISSING)`;
  });
  const extra = args.slice(next).map((one) => `${typeName(one)}=${getText(one)}`);
  return extra.length === 0 || isReordered ? text : `${text}%!(EXTRA ${extra.join(", ")})`;
}

function formatVerb(directive: Directive, value: unknown): string {
  const text = bare(directive, value);
  if (text === undefined && getKind(value) === "nil") return `%!${directive.verb}(<nil>)`;
  if (text === undefined) return `%!${directive.verb}(${typeName(value)}=${getText(value)})`;
  return pad(text, { directive, isNumber: typeof value === "number" });
}

function bare({ verb, flags, precision }: Directive, value: unknown): string | undefined {
  if (verb === "v") return typeof value === "string" && flags.includes("#") ? quoteValue(value) : getText(value);
  if (verb === "T") return typeName(value);
  if (getKind(value) === "list") {
    return `[${(value as unknown[]).map((one) => bare({ verb, flags, precision, width: undefined }, one)).join(" ")}]`;
  }
  if (typeof value === "string") return ofString({ verb, precision }, value);
  if (typeof value === "boolean") return verb === "t" ? String(value) : undefined;
  if (typeof value !== "number") return undefined;
  return addSign(ofNumber({ verb, flags, precision }, value), flags);
}

function addSign(text: string | undefined, flags: string): string | undefined {
  if (text === undefined || text.startsWith("-")) return text;
  return flags.includes("+") ? `+${text}` : flags.includes(" ") ? ` ${text}` : text;
}

function ofString({ verb, precision }: Pick<Directive, "verb" | "precision">, value: string): string | undefined {
  const cut = precision === undefined ? value : [...value].slice(0, precision).join("");
  if (verb === "s") return cut;
  if (verb === "q") return quoteValue(cut);
  if (verb !== "x" && verb !== "X") return undefined;
  const hex = [...new TextEncoder().encode(cut)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return verb === "x" ? hex : hex.toUpperCase();
}

const BASES: Readonly<Record<string, number>> = { d: 10, x: 16, X: 16, o: 8, O: 8, b: 2 };

function ofNumber({ verb, flags, precision }: Omit<Directive, "width">, value: number): string | undefined {
  const base = BASES[verb];
  if (base !== undefined) return Number.isInteger(value) ? inBase(value, { base, verb, flags }) : undefined;
  if (verb === "c") return String.fromCodePoint(value);
  if (verb === "U") return `U+${value.toString(16).toUpperCase().padStart(4, "0")}`;
  if (verb === "q") return `'${String.fromCodePoint(value)}'`;
  if (verb === "f" || verb === "F") return value.toFixed(precision ?? 6);
  if (verb === "e" || verb === "E") {
    const text = value.toExponential(precision ?? 6).replace(/e([+-])(\d)$/, "e$10$2");
    return verb === "e" ? text : text.toUpperCase();
  }
  if (verb !== "g" && verb !== "G") return undefined;
  return precision === undefined ? numberText(value) : numberText(Number(value.toPrecision(Math.max(1, precision))));
}

function inBase(value: number, { base, verb, flags }: { base: number; verb: string; flags: string }): string {
  const digits = Math.abs(value).toString(base);
  const prefix = verb === "O"
    ? "0o"
    : !flags.includes("#")
    ? ""
    : base === 16
    ? `0${verb}`
    : base === 8
    ? "0"
    : base === 2
    ? "0b"
    : "";
  return `${value < 0 ? "-" : ""}${prefix}${verb === "X" ? digits.toUpperCase() : digits}`;
}

function pad(text: string, { directive, isNumber }: { directive: Directive; isNumber: boolean }): string {
  const { flags } = directive;
  // A negative width from `*` means left, as `-` does.
  const width = Math.min(Math.abs(directive.width ?? 0), 10_000);
  const length = [...text].length;
  if (length >= width) return text;
  if (flags.includes("-") || (directive.width ?? 0) < 0) return text + " ".repeat(width - length);
  if (!flags.includes("0")) return " ".repeat(width - length) + text;
  const sign = isNumber ? /^[+-]/.exec(text)?.[0] ?? "" : "";
  return sign + "0".repeat(width - length) + text.slice(sign.length);
}

/** Numbers of YAML files are int where they are whole. */
function typeName(value: unknown): string {
  const names = {
    nil: "<nil>",
    bool: "bool",
    string: "string",
    list: "[]interface {}",
    map: "map[string]interface {}",
  };
  const kind = getKind(value);
  if (kind === "number") return Number.isInteger(value) ? "int" : "float64";
  return names[kind];
}

const SHORT: Readonly<Record<string, string>> = {
  ...{ '"': '\\"', "\\": "\\\\", "\x07": "\\a", "\b": "\\b", "\f": "\\f" },
  ...{ "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v" },
};

/** A string in double quotes, as Go's `%q` writes it. */
export function quoteValue(text: string): string {
  return `"${text.replace(/["\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, escapeCharacters)}"`;
}

function escapeCharacters(character: string): string {
  const short = SHORT[character];
  if (short !== undefined) return short;
  const code = character.codePointAt(0)!;
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, "0")}` : `\\U${code.toString(16).padStart(8, "0")}`;
}
