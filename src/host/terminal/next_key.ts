import type { TypedBytes } from "./typed_bytes.ts";

const ESCAPE = 0x1b;
/** A terminal sends the bytes of a key at once; the key Esc is alone. */
const ALONE_MS = 50;
/** No key has a longer one; what has is noise. */
const LONGEST = 32;

/** The next key as the terminal sends it, whole characters and whole escape sequences; undefined at the end. */
export async function nextKey(typed: TypedBytes): Promise<string | undefined> {
  const first = await typed.byte();
  if (first === undefined) return undefined;
  if (first !== ESCAPE) return await character(typed, first);
  if (!await typed.followedWithin(ALONE_MS)) return "\x1b";
  return `\x1b${await sequence(typed)}`;
}

async function sequence(typed: TypedBytes): Promise<string> {
  const first = await typed.byte();
  if (first === undefined) return "";
  const start = await character(typed, first);
  if (start === "O") return start + String.fromCharCode(await typed.byte() ?? 0);
  return start === "[" ? start + await parameters(typed) : start;
}

async function parameters(typed: TypedBytes): Promise<string> {
  let text = "";
  while (text.length < LONGEST) {
    const byte = await typed.byte();
    if (byte === undefined) break;
    text += String.fromCharCode(byte);
    if (byte >= 0x40) break;
  }
  return text;
}

/** A character of UTF-8 that begins with this byte. */
async function character(typed: TypedBytes, first: number): Promise<string> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let text = decoder.decode(new Uint8Array([first]), { stream: true });
  while (text === "") {
    const byte = await typed.byte();
    if (byte === undefined) return decoder.decode();
    text = decoder.decode(new Uint8Array([byte]), { stream: true });
  }
  return text;
}
