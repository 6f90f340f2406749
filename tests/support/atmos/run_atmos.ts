import { fromFileUrl } from "../machine/paths.ts";
import { denoDir } from "../../../scripts/deno_dir.ts";
import { permissionFlags, V8_FLAGS } from "../../../src/host/process/allowed.ts";

export interface RunOptions {
  /** The whole environment of the process; nothing of the test's own is handed on, not even PATH or HOME. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly stdin?: string;
  /**
   * false where what the process runs is covered by other tests: it then collects no coverage, which takes longer than the
   * run, and comes from the bundle when there is one. By default only a command's first run in a test file is measured,
   * and that in a few files.
   */
  readonly isMeasured?: boolean;
}

export interface RunOutcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

const MAIN = fromFileUrl(new URL("../../../main.ts", import.meta.url));
const CONFIG = fromFileUrl(new URL("../../../deno.json", import.meta.url));

/**
 * What runs the program: the executable or the bundle (main.js) that ATMOS_TEST_BIN names, else the sources; the latter two
 * with the flags of `deno task atmos`.
 */
export function atmosWords(under = Deno.env.get("ATMOS_TEST_BIN") ?? ""): readonly string[] {
  if (under !== "" && !under.endsWith(".js")) return [under];
  // The bundle imports no package by its name, and a configuration of Deno takes milliseconds to read.
  const config = under === "" ? `--config=${CONFIG}` : "--no-config";
  return [Deno.execPath(), "run", "--quiet", config, ...V8_FLAGS, ...permissionFlags(), under || MAIN];
}

/** What starts the program, and the variables that the runtime itself needs. */
export function atmosStart({ isMeasured = true }: Pick<RunOptions, "isMeasured"> = {}) {
  if (isMeasured) return { words: atmosWords(), env: runtimeEnv() };
  const { DENO_COVERAGE_DIR: _, ...env } = runtimeEnv();
  return { words: atmosWords(Deno.env.get("ATMOS_TEST_BIN") || Deno.env.get("ATMOS_TEST_BUNDLE") || ""), env };
}

/** Runs `atmos` as a process of its own and waits for it. Permissions: run, read, env. */
export async function runAtmos(args: readonly string[], options: RunOptions = {}): Promise<RunOutcome> {
  const child = spawnAtmos(args, options);
  const writer = child.stdin.getWriter();
  // A program that never reads its input may be gone before this is written.
  const feed = (options.stdin === undefined ? Promise.resolve() : writer.write(new TextEncoder().encode(options.stdin)))
    .then(() => writer.close()).catch(() => {});
  const output = await child.output();
  await feed;
  return { status: output.code, stdout: decode(output.stdout), stderr: decode(output.stderr) };
}

/** Starts `atmos` with all three streams piped and does not wait: for signals, kills and races. */
export function spawnAtmos(args: readonly string[], options: RunOptions = {}): Deno.ChildProcess {
  const atmos = atmosStart({ isMeasured: options.isMeasured ?? isFirst(args) });
  const [command, ...words] = [...atmos.words, ...args];
  return new Deno.Command(command!, {
    args: words,
    clearEnv: true,
    env: { ...atmos.env, ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Files that measure a command: one more would show few lines more, and measuring takes most of the time of a suite. */
const MEASURED_FILES = 4;
/** The commands that this test file has run. */
const measured = new Set<string>();

function isFirst(args: readonly string[]): boolean {
  const command = args.slice(0, args[0] === "aws" ? 3 : 2).join(" ");
  const isNew = !measured.has(command);
  measured.add(command);
  return isNew && isAmongFirst(command);
}

/** Whether few other files have measured it: they leave marks in the folder that ATMOS_TEST_MARKS names. */
function isAmongFirst(command: string): boolean {
  const marks = Deno.env.get("ATMOS_TEST_MARKS") ?? "";
  if (marks === "") return true;
  for (let file = 0; file < MEASURED_FILES; file++) {
    if (leavesMark(`${marks}/${encodeURIComponent(command).slice(0, 100)}.${file}`)) return true;
  }
  return false;
}

function leavesMark(path: string): boolean {
  try {
    Deno.openSync(path, { createNew: true, write: true }).close();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return false;
    throw error;
  }
}

/**
 * What the runtime itself needs: the package cache (it would follow HOME), where coverage is collected, and no question
 * to the network whether there is a newer one.
 */
export function runtimeEnv(): Record<string, string> {
  const coverage = Deno.env.get("DENO_COVERAGE_DIR");
  const own = { DENO_DIR: cacheDirectory(), DENO_NO_UPDATE_CHECK: "1" };
  return { ...own, ...(coverage === undefined ? {} : { DENO_COVERAGE_DIR: coverage }) };
}

let known: string | undefined;

function cacheDirectory(): string {
  known ??= denoDir();
  return known;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
