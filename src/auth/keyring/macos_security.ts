import { AppError } from "../../errors.ts";
import type { RunResult } from "../../host/host.ts";
import { Secret } from "../../secret.ts";
import { askProgram, programFailure, type ProgramRequest } from "./ask_program.ts";
import { decodedEntry } from "./user_entry.ts";
import { ACCOUNT, type SystemProgram } from "./system_program.ts";

const TITLE = "the macOS keychain (security)";
/** errSecItemNotFound, as an exit status. */
const NO_ITEM = 44;
/** How github.com/zalando/go-keyring marks what it has encoded; every version of it reads the latter. */
const BASE64 = "go-keyring-base64:";
const HEX = "go-keyring-encoded:";
/** `security -i` reads its lines into a buffer of 4096 bytes, and takes the rest for the next command. */
const LONGEST_LINE = 4000;

/** The login keychain of macOS. https://ss64.com/mac/security.html */
export const program: SystemProgram = {
  title: TITLE,
  async get(host, name) {
    const result = await askProgram(host, makeRequest(["find-generic-password", "-s", name, "-a", ACCOUNT, "-w"]));
    return isThere(result) ? decode(result.stdout.replace(/\n$/, "")) : undefined;
  },
  async set(host, { name, value }) {
    const password = HEX + new TextEncoder().encode(value.reveal()).toHex();
    const line = `add-generic-password -U -s ${quote(name)} -a ${ACCOUNT} -w ${quote(password)}\n`;
    if (line.length > LONGEST_LINE) throw unfit("the name is too long");
    const result = await askProgram(host, { ...makeRequest(["-i"]), stdin: line, writes: true });
    if (result.status !== 0) throw failure(result);
  },
  async remove(host, name) {
    return isThere(await askProgram(host, makeRequest(["delete-generic-password", "-s", name, "-a", ACCOUNT])));
  },
};

function makeRequest(args: readonly string[]): ProgramRequest {
  return {
    command: "/usr/bin/security",
    args,
    title: TITLE,
    install: "It is part of macOS",
    unlock: "Unlock it, then try again: security unlock-keychain",
  };
}

function isThere(result: RunResult): boolean {
  if (result.status === NO_ITEM) return false;
  if (result.status !== 0) throw failure(result);
  return true;
}

/** Of the two commands only `-i` knows the secret, and what it says might quote its line. */
function failure(result: RunResult): AppError {
  const stderr = result.stderr.replaceAll(/go-keyring-[\w:+/=-]*/g, "…");
  return programFailure({ title: TITLE }, { ...result, stderr });
}

/** Between double quotes `security -i` takes a backslash before any character away, and nothing else has a meaning. */
function quote(text: string): string {
  if (/\p{Cc}/u.test(text)) throw unfit("the name has a control character");
  return `"${text.replaceAll(/["\\]/g, (one) => `\\${one}`)}"`;
}

function unfit(found: string): AppError {
  return new AppError("config-invalid", `Cannot write to ${TITLE}: ${found}`, {
    hint: "Rename the identity in atmos.yaml",
  });
}

function decode(text: string): Secret {
  if (text.startsWith(BASE64)) return decodedEntry(TITLE, () => Uint8Array.fromBase64(text.slice(BASE64.length)));
  if (text.startsWith(HEX)) return decodedEntry(TITLE, () => Uint8Array.fromHex(text.slice(HEX.length)));
  return new Secret(text);
}
