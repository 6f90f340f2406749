import { sha1 } from "@noble/hashes/legacy.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { spend, spendOnAll } from "../values/effort.ts";
import { found, type FunctionTable, str, takes } from "./arguments.ts";

/** Sprig's functions between texts and data. https://masterminds.github.io/sprig/encoding.html */
export const ENCODINGS: FunctionTable = {
  b64enc: takes(1, (text) => toBase64(str(text))),
  b64dec: takes(1, (text) => fromBase64(str(text))),
  b32enc: takes(1, (text) => toBase32(str(text))),
  b32dec: takes(1, (text) => fromBase32(str(text))),
  toJson: takes(1, (value) => escapedHtml(jsonText(value))),
  mustToJson: takes(1, (value) => escapedHtml(jsonText(value))),
  toRawJson: takes(1, (value) => jsonText(value)),
  mustToRawJson: takes(1, (value) => jsonText(value)),
  toPrettyJson: takes(1, (value) => escapedHtml(jsonText(value, 2))),
  mustToPrettyJson: takes(1, (value) => escapedHtml(jsonText(value, 2))),
  fromJson: takes(1, (text) => parse(str(text))),
  mustFromJson: takes(1, (text) => parse(str(text))),
};

function toBase64(text: string): string {
  return new TextEncoder().encode(text).toBase64();
}

function fromBase64(text: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (one) => one.charCodeAt(0)));
  } catch {
    throw new Error(`expected base64, found ${found(text)}`);
  }
}

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function toBase32(text: string): string {
  const bits = [...new TextEncoder().encode(text)].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const letters = bits.match(/.{1,5}/g)?.map((five) => BASE32[parseInt(five.padEnd(5, "0"), 2)]) ?? [];
  return letters.join("") + "=".repeat((8 - letters.length % 8) % 8);
}

function fromBase32(text: string): string {
  if (text.length % 8 !== 0 || !/^[A-Z2-7]*={0,6}$/.test(text)) {
    throw new Error(`expected base32, found ${found(text)}`);
  }
  const bits = [...text.replaceAll("=", "")].map((one) => BASE32.indexOf(one).toString(2).padStart(5, "0")).join("");
  const bytes = bits.match(/.{8}/g)?.map((byte) => parseInt(byte, 2)) ?? [];
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

/** Returns a value as JSON, its keys in order, as Go has them. */
export function jsonText(value: unknown, indent?: number | string): string {
  spendOnAll(value);
  const ordered = (_: string, one: unknown) =>
    one !== null && typeof one === "object" && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => a < b ? -1 : 1))
      : one;
  return JSON.stringify(value ?? null, ordered, indent);
}

function escapedHtml(text: string): string {
  return text.replace(/[<>&\u2028\u2029]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function parse(text: string): unknown {
  spend(text.length);
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`expected JSON, found ${found(text)}`);
  }
}

/** Sprig's checksums. https://masterminds.github.io/sprig/crypto.html */
export const HASHES: FunctionTable = {
  sha1sum: takes(1, (text) => bytesToHex(sha1(toBytes(text)))),
  sha256sum: takes(1, (text) => bytesToHex(sha256(toBytes(text)))),
  sha512sum: takes(1, (text) => bytesToHex(sha512(toBytes(text)))),
};

function toBytes(text: unknown): Uint8Array {
  const bytes = new TextEncoder().encode(str(text));
  spend(bytes.length);
  return bytes;
}
