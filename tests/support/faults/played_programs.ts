import type { RunInput, RunResult } from "../../../src/host/host.ts";
import type { MemoryFiles } from "../host/memory_files.ts";
import { USER_KEY } from "../standin/keys.ts";

/** What a program of the computer does, and prints. */
export type PlayedProgram = (input: RunInput, disk: MemoryFiles) => RunResult;

/** What the shell is given as a credential_process, and as a command of `!exec`. */
export const PRINTS_KEYS = "print-keys";
export const PRINTS_TEAM = "print-team";

const NO_ITEM = 44;
const LINES: Readonly<Record<string, string>> = {
  [PRINTS_KEYS]: JSON.stringify({
    Version: 1,
    AccessKeyId: USER_KEY.accessKeyId,
    SecretAccessKey: USER_KEY.secretAccessKey,
  }),
  [PRINTS_TEAM]: "team-4711\n",
};

/** Programs by their names, other than browsers. What a keychain keeps is a file, which is empty without an entry. */
export const PLAYED_PROGRAMS: Readonly<Record<string, PlayedProgram>> = {
  "secret-tool": ({ args, stdin = "" }, disk) => {
    const path = pathIn("secret-service", args[args.indexOf("service") + 1]!);
    if (args[0] === "lookup") return lookUp({ disk, path, missing: 1 });
    disk.put(path, args[0] === "store" ? stdin : "");
    return done("");
  },
  "/usr/bin/security": ({ args, stdin = "" }, disk) => {
    if (args[0] === "-i") return addPassword(stdin, disk);
    const path = pathIn("login-keychain", args[args.indexOf("-s") + 1]!);
    const found = lookUp({ disk, path, missing: NO_ITEM });
    if (args[0] === "delete-generic-password" && found.status === 0) disk.put(path, "");
    return { ...found, stdout: args[0] === "find-generic-password" && found.status === 0 ? `${found.stdout}\n` : "" };
  },
  "docker-credential-desktop": ({ args, stdin = "" }, disk) => {
    const registry = args[0] === "store" ? JSON.parse(stdin).ServerURL : stdin.trim();
    const path = pathIn("docker", registry);
    if (args[0] === "get") {
      const found = lookUp({ disk, path, missing: 1 });
      return found.status === 0 ? found : { ...found, stdout: "credentials not found in native keychain\n" };
    }
    disk.put(path, args[0] === "store" ? stdin : "");
    return done("");
  },
  "/bin/sh": ({ args }) => done(LINES[args[1]!] ?? ""),
  "sh": ({ args }) => done(LINES[args[1]!] ?? ""),
};

/** What a message calls a program that has gone wrong, other than those that are named as they are. */
const CALLED: Readonly<Record<string, RegExp>> = {
  "secret-tool": /\(secret-tool\)|keyring entry/,
  "/usr/bin/security": /\(security\)|keyring entry/,
  "/bin/sh": /credential_process/,
  "sh": /!exec/,
  "/bin/chromium": /the browser|SAML response/,
  "xdg-open": /the browser/,
};

export function nameOfProgram(command: string): RegExp {
  return CALLED[command] ?? new RegExp(command);
}

/** Docker believes its helpers, and asking them again may show one more window. */
export function isBelieved(command: string): boolean {
  return command.startsWith("docker-credential-");
}

function pathIn(keychain: string, name: string): string {
  return `/keychains/${keychain}/${encodeURIComponent(name)}`;
}

function addPassword(line: string, disk: MemoryFiles): RunResult {
  const [, name = "", value = ""] = /^add-generic-password -U -s "(.*)" -a \S+ -w "(.*)"\n$/.exec(line) ?? [];
  disk.put(pathIn("login-keychain", name), value);
  return done("");
}

function lookUp({ disk, path, missing }: { disk: MemoryFiles; path: string; missing: number }): RunResult {
  const text = disk.text(path) ?? "";
  return text === "" ? { status: missing, stdout: "", stderr: "" } : done(text);
}

function done(stdout: string): RunResult {
  return { status: 0, stdout, stderr: "" };
}
