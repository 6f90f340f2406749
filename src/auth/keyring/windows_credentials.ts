import { type Asked, askProgram, programFailure } from "./ask_program.ts";
import { decodedEntry } from "./decoded_entry.ts";
import { ACCOUNT, type Entry, type SystemProgram } from "./system_program.ts";
import { WINDOWS_SCRIPT } from "./windows_script.ts";

const TITLE = "Windows Credential Manager (powershell)";
const NOT_THERE = 44;
/** PowerShell compiles the calls first; no window is ever shown, so nothing can wait for a person. */
const READ_MS = 10_000;

/** Generic credentials, as github.com/zalando/go-keyring names them. */
export const program: SystemProgram = {
  title: TITLE,
  async get(host, name) {
    const input = asked("get", { name });
    const result = await askProgram(host, input);
    if (result.status === NOT_THERE) return undefined;
    if (result.status !== 0) throw programFailure(input, result);
    return decodedEntry(TITLE, () => Uint8Array.fromBase64(result.stdout.trim()));
  },
  async set(host, { name, value }) {
    const input = { ...asked("set", { name, value }), writes: true as const };
    const result = await askProgram(host, input);
    if (result.status !== 0) throw programFailure(input, result);
  },
  async remove(host, name) {
    const input = asked("remove", { name });
    const result = await askProgram(host, input);
    if (result.status !== 0 && result.status !== NOT_THERE) throw programFailure(input, result);
    return result.status === 0;
  },
};

/** What to do, with which entry, and the secret: a line of stdin each. */
function asked(action: "get" | "set" | "remove", { name, value }: Pick<Entry, "name"> & Partial<Entry>): Asked {
  return {
    command: "powershell.exe",
    args: ["-NoLogo", "-NoProfile", "-NonInteractive", "-OutputFormat", "Text", "-EncodedCommand", encoded()],
    stdin: `${action}\r\n${base64(`${name}:${ACCOUNT}`)}\r\n${value === undefined ? "" : base64(value.reveal())}\r\n`,
    title: TITLE,
    install: "It is part of Windows",
    unlock: "Log in to Windows with a desktop, then try again.",
    readMs: READ_MS,
  };
}

function base64(text: string): string {
  return new TextEncoder().encode(text).toBase64();
}

/** UTF-16, as PowerShell wants a script in an argument; then no quoting can go wrong. */
function encoded(): string {
  const units = Uint16Array.from(WINDOWS_SCRIPT, (one) => one.charCodeAt(0));
  return new Uint8Array(units.buffer).toBase64();
}
