import type { Browsed, BrowseInput } from "../../../src/host/browse_port.ts";
import type { RunInput, RunResult } from "../../../src/host/host.ts";

/** What happens to one program that is started; `play` is what it does where all is well. */
export interface ProgramFault {
  /** undefined for a program that never ends, and that no one ends. */
  readonly captured: (input: RunInput, play: () => Promise<RunResult>) => Promise<RunResult | undefined>;
  readonly browsed: (input: BrowseInput, play: () => Promise<Browsed>) => Promise<Browsed>;
}

const KILLED = 137;
const NO_TEXT = "\ufffd\ufffd\u0000\u001b[2J\ufffd";

/** As the real host says what becomes of a program. */
export const PROGRAM_FAULTS: Readonly<Record<string, ProgramFault>> = {
  "not found": failing(({ command }) => ({ status: 127, stderr: `${command}: command not found` }), "it is not there"),
  "not allowed": failing(
    ({ command }) => ({ status: 126, stderr: `${command}: cannot be executed` }),
    "it may not be started",
  ),
  "exit 1 with words": failing(
    () => ({ status: 1, stderr: "cannot connect to the bus: no such service\n" }),
    "it crashed",
  ),
  // A program may well say what it was given.
  "exit 1 with its input": {
    captured: ({ stdin = "in use" }) => Promise.resolve({ status: 1, stdout: stdin, stderr: stdin }),
    browsed: ({ url }) => Promise.resolve({ kind: "failed", found: `it cannot load the page ${url}` }),
  },
  "killed": {
    captured: () => Promise.resolve({ status: KILLED, stdout: "", stderr: "" }),
    browsed: () => Promise.resolve({ kind: "closed" }),
  },
  "killed when it was done": {
    captured: async (_, play) => ({ ...await play(), status: KILLED, stdout: "" }),
    browsed: async (_, play) => (await play(), { kind: "closed" }),
  },
  "does nothing": {
    captured: () => Promise.resolve({ status: 0, stdout: "", stderr: "" }),
    browsed: (_, play) => play(),
  },
  "cut output": changing((text) => text.slice(0, text.length / 2)),
  "no output": changing(() => ""),
  "no text": changing(() => NO_TEXT),
  "an HTML page": changing(() => "<!DOCTYPE html>\n<title>Log in</title>"),
  "too much output": {
    captured: ({ maxBytes }, play) => maxBytes === undefined ? play() : Promise.resolve(stopped("output")),
    browsed: (_, play) => play(),
  },
  "never ends": {
    captured: ({ timeoutMs }) => Promise.resolve(timeoutMs === undefined ? undefined : stopped("timeout")),
    browsed: () => Promise.resolve({ kind: "timeout" }),
  },
};

function failing(end: (input: RunInput) => Pick<RunResult, "status" | "stderr">, found: string): ProgramFault {
  return {
    captured: (input) => Promise.resolve({ stdout: "", ...end(input) }),
    browsed: () => Promise.resolve({ kind: "failed", found }),
  };
}

function changing(change: (text: string) => string): ProgramFault {
  return {
    captured: async (_, play) => {
      const right = await play();
      return { ...right, stdout: change(right.stdout) };
    },
    browsed: async (_, play) => {
      const right = await play();
      return right.kind === "taken" ? { ...right, body: change(right.body) } : right;
    },
  };
}

function stopped(why: "output" | "timeout"): RunResult {
  return { status: KILLED, stdout: "", stderr: "", stopped: why };
}
