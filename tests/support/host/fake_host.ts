import type { Browsed, BrowseInput } from "../../../src/host/browse_port.ts";
import type {
  Host,
  Needs,
  NetRequest,
  NetResponse,
  Reader,
  RunInput,
  RunResult,
  Writer,
} from "../../../src/host/host.ts";
import { fakeLoopback, type LoopbackSeen, type Visits } from "./fake_loopback.ts";

export type Answer = NetResponse | Error | ((request: NetRequest) => NetResponse | Promise<NetResponse>);

export interface FakeHostOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch; sleeping moves it on. 2026-01-02T03:04:05Z when absent. */
  readonly now?: number;
  /** Files in memory; without them every file operation fails the test. */
  readonly files?: { readonly read: Reader; readonly write: Writer };
  /** Answers to requests, in order; one request more fails the test. */
  readonly net?: readonly Answer[];
  /** Who comes to the listener while it is waited for, or why there is none; without it listening fails the test. */
  readonly visits?: Visits | Error;
  /** Answers of other programs, in order. */
  readonly run?: readonly RunResult[];
  /** What comes of pages that are shown in a browser. */
  readonly browsed?: Browsed;
  /** What a person types, a line each; then stdin has ended. */
  readonly lines?: readonly string[];
  /** Aborted by who presses Ctrl-C. */
  readonly interrupted?: AbortSignal;
  /** The keys that a person presses, where they are taken one by one; then stdin has ended. */
  readonly keys?: readonly string[];
  /** Of the terminal; 80 by 24 when absent. */
  readonly size?: { readonly columns: number; readonly rows: number };
  readonly tty?: Partial<Host["terminal"]["isTty"]>;
  readonly os?: Host["sys"]["os"];
  readonly ppid?: number;
  readonly uid?: number;
  readonly self?: { readonly command: string; readonly args: readonly string[] };
}

/** A world in memory that remembers what was done to it. */
export interface FakeHost extends Host {
  readonly seen: {
    out: string;
    err: string;
    readonly requests: NetRequest[];
    readonly runs: RunInput[];
    readonly browsed: BrowseInput[];
    readonly sleeps: number[];
    /** What was shown while it went on, and "" for its end. */
    readonly spins: string[];
    /** Where `chdir` went, last one last. */
    readonly directories: string[];
    readonly loopback: LoopbackSeen;
  };
}

export function fakeHost(options: FakeHostOptions = {}): FakeHost {
  const { loopback, seen: listening } = fakeLoopback(options.visits);
  const seen: FakeHost["seen"] = {
    out: "",
    err: "",
    requests: [],
    runs: [],
    browsed: [],
    sleeps: [],
    spins: [],
    directories: [],
    loopback: listening,
  };
  const { read, write } = options.files ?? { read: missing<Reader>("files"), write: missing<Writer>("files") };
  return { seen, read, write, loopback, ...outside(options, seen), ...inside(options, seen) };
}

function outside(options: FakeHostOptions, seen: FakeHost["seen"]): Pick<Host, "net" | "run" | "terminal"> {
  const answers = [...options.net ?? []];
  const results = [...options.run ?? []];
  return {
    terminal: terminalOf(options, seen),
    net: { fetch: (request) => (seen.requests.push(request), answer(answers.shift(), request)) },
    run: {
      capture: (input) => {
        if (input.command === "cp" && options.files !== undefined) return Promise.resolve(copied(options.files, input));
        seen.runs.push(input);
        return Promise.resolve(results.shift() ?? unexpected(`program: ${input.command}`));
      },
      browse: (input) => {
        seen.browsed.push(input);
        return Promise.resolve(options.browsed ?? unexpected(`page in a browser: ${input.url}`));
      },
      foreground: (input) => {
        seen.runs.push(input);
        return Promise.resolve((results.shift() ?? unexpected(`program: ${input.command}`)).status);
      },
    },
  };
}

/** What GNU's cp does with `--attributes-only`. */
function copied({ read, write }: Needs<"read" | "write">, { args }: RunInput): RunResult {
  const [from, to] = args.slice(-2) as [string, string];
  write.open(to, { how: "new", mode: read.lstat(from)!.mode }).close();
  return { status: 0, stdout: "", stderr: "" };
}

/** The keys of lines one by one, each line with Enter. */
function typedKey(lines: string[]): string | undefined {
  const line = lines.shift();
  if (line === undefined) return undefined;
  if (line === "") return "\r";
  lines.unshift(line.slice(1));
  return line[0];
}

function terminalOf(options: FakeHostOptions, seen: FakeHost["seen"]): Host["terminal"] {
  const lines = [...options.lines ?? []];
  const keys = [...options.keys ?? []];
  return {
    out: (text) => void (seen.out += text),
    err: (text) => void (seen.err += text),
    errRaw: (text) => void (seen.err += text),
    line: () => Promise.resolve(lines.shift()),
    keys: (body) => body(() => Promise.resolve(keys.shift() ?? typedKey(lines))),
    spin: (text) => (seen.spins.push(text), () => void seen.spins.push("")),
    size: () => options.size ?? { columns: 80, rows: 24 },
    interrupts: () => ({ signal: options.interrupted ?? new AbortController().signal, [Symbol.dispose]() {} }),
    isTty: { stdin: false, stdout: false, stderr: false, ...options.tty },
  };
}

function inside(
  options: FakeHostOptions,
  seen: FakeHost["seen"],
): Pick<Host, "env" | "sys" | "clock" | "random" | "runtime"> {
  const variables = options.env ?? {};
  let now = options.now ?? Date.UTC(2026, 0, 2, 3, 4, 5);
  return {
    env: {
      get: (name) => (Object.hasOwn(variables, name) ? variables[name] || undefined : undefined),
      all: () => ({ ...variables }),
    },
    sys: {
      os: options.os ?? "linux",
      uid: () => options.uid ?? 1000,
      gid: () => options.uid ?? 1000,
      pid: () => 4242,
      ppid: () => options.ppid ?? 4000,
      self: () => options.self ?? { command: "/usr/local/bin/atmos", args: [] },
      chdir: (path) => void seen.directories.push(path),
      freeMemory: () => {},
      cleanUpOnSignal: () => () => Promise.resolve(),
    },
    clock: {
      now: () => now,
      started: now,
      sleep: (ms) => (seen.sleeps.push(ms), now += ms, Promise.resolve()),
    },
    random: { fraction: () => 0.5, bytes: (length) => new Uint8Array(length).map((_, at) => at % 256) },
    runtime: {
      ...{ os: "linux", arch: "x86_64", target: "x86_64-unknown-linux-gnu", deno: "2.9.6", v8: "15.0" },
      ...{ commit: "0123456789abcdef", date: "2026-01-02T03:04:05Z" },
    },
  };
}

async function answer(one: Answer | undefined, request: NetRequest): Promise<NetResponse> {
  if (one instanceof Error) throw one;
  if (typeof one === "function") return await one(request);
  return one ?? unexpected(`request: ${request.method} ${request.url}`);
}

function unexpected(what: string): never {
  throw new Error(`the fake host expected no such ${what}`);
}

function missing<T extends object>(what: string): T {
  return new Proxy({} as T, { get: (_, name) => () => unexpected(`use of ${what}: ${String(name)}`) });
}

/** A JSON answer for {@link FakeHostOptions.net}. */
export function jsonAnswer(status: number, value: unknown): NetResponse {
  const body = new TextEncoder().encode(JSON.stringify(value));
  return { status, headers: { "content-type": "application/json" }, body };
}
