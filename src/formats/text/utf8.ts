import { YamlError } from "./source_error.ts";

/** Bytes to text, BOM kept. Throws YamlError at the first byte that is not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string {
  // The lenient decoder is the quick one, and makes half as big a string of plain ASCII; only it says nothing of errors.
  const text = lenientUtf8(bytes);
  if (!text.includes("\uFFFD")) return text;
  try {
    return strictUtf8(bytes);
  } catch {
    throw new YamlError(whatItIs(bytes), placeOfBadByte(bytes));
  }
}

export function encodeUtf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Bytes to text, BOM kept; U+FFFD for what is not UTF-8. */
export function lenientUtf8(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

function strictUtf8(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}

function whatItIs(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const utf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return utf16 ? "the text is UTF-16, it must be UTF-8" : "a byte that is not UTF-8";
}

function placeOfBadByte(bytes: Uint8Array): { line: number; column: number } {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const stop = bytes.indexOf(0x0a, start);
    const end = stop < 0 ? bytes.length : stop + 1;
    const good = goodPrefix(bytes.subarray(start, end));
    if (good !== undefined) return { line, column: good + 1 };
    start = end;
  }
  return { line, column: 1 };
}

/** How many characters of a line are good before its first bad byte; undefined when all are. */
function goodPrefix(line: Uint8Array): number | undefined {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(line);
  for (let at = text.indexOf("\uFFFD"); at >= 0; at = text.indexOf("\uFFFD", at + 1)) {
    const written = encodeUtf8(text.slice(0, at + 1));
    if (written.some((byte, i) => byte !== line[i])) return at;
  }
  return undefined;
}
