import { absolutePath, findProgram } from "./find_program.ts";
import { takeSignal } from "./exit_signals.ts";
import { toFileError } from "../files/to_file_error.ts";
import type { Run, RunInput, RunResult } from "../host.ts";
import { collectOutput } from "./collect_output.ts";

/** What a shell answers for a command that it cannot find, and for a file that the system does not start. */
const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;

/** Other programs. Captured, one that does not exist is an exit status of 127, and one that cannot start of 126. */
export const run: Run = {
  async capture(input) {
    const child = startOrFail(input);
    return child instanceof Deno.ChildProcess ? await collectOutput(child, input) : child;
  },
  async browse(input) {
    const { browse } = await import("./browse.ts");
    return await browse(input);
  },
  async foreground({ command, args, env }) {
    const options = { args: [...args], env: { ...env }, clearEnv: true, stdin: "inherit" as const };
    return await startEnclosed(() => startIn(command, options));
  },
};

function startIn(command: string, options: Deno.CommandOptions): Deno.ChildProcess {
  try {
    return new Deno.Command(findProgram(command, options.env?.["PATH"]), options).spawn();
  } catch (error) {
    throw toFileError({ operation: "run", path: command, error });
  }
}

/** From before the child starts, so that none ends this process alone, until it ends, signals are its business. */
async function startEnclosed(begin: () => Deno.ChildProcess): Promise<number> {
  let child: Deno.ChildProcess | undefined;
  const listeners = listenersFor((signal) => child === undefined ? undefined : kill(child, signal));
  const releases = listeners.map(([signal, listener]) => takeSignal(signal, listener));
  try {
    child = begin();
    return (await child.status).code;
  } finally {
    for (const release of releases) release();
  }
}

type Listener = readonly [signal: Deno.Signal, listener: () => void];

/** A terminal sends its keys' signals to both processes; a second one would be Ctrl-C twice to the child. */
function listenersFor(send: (signal: Deno.Signal) => void): readonly Listener[] {
  const handOn = (signal: Deno.Signal): Listener => [signal, () => send(signal)];
  const keys: readonly Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGQUIT"];
  const others: readonly Deno.Signal[] = Deno.build.os === "windows" ? [] : ["SIGTERM", "SIGHUP"];
  const ignore = (signal: Deno.Signal): Listener => [signal, () => {}];
  return [...keys.map(onTerminal() ? ignore : handOn), ...others.map(handOn)];
}

function onTerminal(): boolean {
  return [Deno.stdin, Deno.stdout, Deno.stderr].some((stream) => stream.isTerminal());
}

function kill(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch {
    // It has ended just now.
  }
}

/** What cannot be started is an exit status, as in a shell. */
function startOrFail(input: RunInput): Deno.ChildProcess | RunResult {
  try {
    return start(input);
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw error;
    const failed = (status: number, found: string) => ({ status, stdout: "", stderr: `${input.command}: ${found}` });
    if (error instanceof Deno.errors.NotFound) return failed(NOT_FOUND, "command not found");
    return failed(NOT_EXECUTABLE, "cannot be executed");
  }
}

/** No program of the current directory is started, neither here nor by a shell that is started here. */
function start(input: RunInput): Deno.ChildProcess {
  const path = input.env?.["PATH"] ?? Deno.env.get("PATH");
  return new Deno.Command(findProgram(input.command, path), {
    args: [...input.args],
    ...(input.cwd === undefined ? {} : { cwd: input.cwd }),
    env: { ...input.env, ...(path === undefined || Deno.build.os === "windows" ? {} : { PATH: absolutePath(path) }) },
    stdin: input.stdin === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}
