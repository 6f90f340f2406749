import { sha1 } from "@noble/hashes/legacy.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { str } from "./arguments.ts";
import { type FunctionTable, takes } from "./template_function.ts";

/** Sprig's checksums. https://masterminds.github.io/sprig/crypto.html */
export const HASHES: FunctionTable = {
  sha1sum: takes(1, (text) => bytesToHex(sha1(bytesOf(text)))),
  sha256sum: takes(1, (text) => bytesToHex(sha256(bytesOf(text)))),
  sha512sum: takes(1, (text) => bytesToHex(sha512(bytesOf(text)))),
};

function bytesOf(text: unknown): Uint8Array {
  return new TextEncoder().encode(str(text));
}
