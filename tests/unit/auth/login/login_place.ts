import type { LoginUi } from "../../../../src/auth/flow/login_host.ts";
import type { FileProblem } from "../../../../src/auth/files/file_problem.ts";
import { Secret } from "../../../../src/secret.ts";
import { type FakeHost, fakeHost, type FakeHostOptions } from "../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";

export interface LoginPlace {
  readonly host: FakeHost;
  readonly files: MemoryFiles;
}

/** A home /h on a disk in memory. */
export function loginPlace(options: FakeHostOptions = {}): LoginPlace {
  const files = new MemoryFiles();
  const host = fakeHost({ env: { HOME: "/h" }, files: { read: files.reader, write: files.writer }, ...options });
  return { host, files };
}

export interface RecordedUi extends LoginUi {
  readonly said: string[];
  readonly warned: FileProblem[];
}

export interface Person {
  readonly interactive?: boolean;
  readonly explicit?: boolean;
  readonly mfaCode?: string;
  /** Whether it can come back. */
  readonly browser?: boolean;
}

/** Remembers what was told to the person. */
export function recordedUi(
  { interactive = true, explicit = false, mfaCode, browser = false }: Person = {},
): RecordedUi {
  const said: string[] = [];
  const warned: FileProblem[] = [];
  return {
    interactive,
    explicit,
    said,
    warned,
    say: (line) => void said.push(line),
    warn: (problem) => void warned.push(problem),
    showDevice: ({ userCode }) => void said.push(`code ${userCode}`),
    browserIsHere: () => browser,
    showPage: (url) => void said.push(`page ${url}`),
    during: (_line, work) => work(),
    ask: () => Promise.resolve(mfaCode === undefined ? undefined : new Secret(mfaCode)),
    choose: ({ among }) => Promise.resolve(among[0]?.name),
  };
}
