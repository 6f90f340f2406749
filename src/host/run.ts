import type { Run, RunInput, RunResult } from "./host.ts";

/** What a shell answers for a command that it cannot find. */
const NOT_FOUND = 127;

/** Other programs. One that does not exist is an exit status of 127, as in a shell. */
export const run: Run = {
  async capture(input) {
    try {
      return await finish(start(input), input.stdin);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      return { status: NOT_FOUND, stdout: "", stderr: `${input.command}: command not found` };
    }
  },
  async foreground({ command, args, env }) {
    try {
      const child = new Deno.Command(command, { args: [...args], env, clearEnv: true, stdin: "inherit" }).spawn();
      return await waited(child);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      return NOT_FOUND;
    }
  },
};

const HANDED_ON: readonly Deno.Signal[] = Deno.build.os === "windows" ? [] : ["SIGTERM", "SIGHUP"];

/** The terminal itself sends Ctrl-C to both; here it is only kept from ending this process first. */
async function waited(child: Deno.ChildProcess): Promise<number> {
  const listeners: (readonly [Deno.Signal, () => void])[] = [
    ["SIGINT", () => {}],
    ...HANDED_ON.map((signal) => [signal, () => child.kill(signal)] as const),
  ];
  for (const [signal, listener] of listeners) Deno.addSignalListener(signal, listener);
  try {
    return (await child.status).code;
  } finally {
    for (const [signal, listener] of listeners) Deno.removeSignalListener(signal, listener);
  }
}

function start(input: RunInput): Deno.ChildProcess {
  return new Deno.Command(input.command, {
    args: [...input.args],
    env: { ...input.env },
    stdin: input.stdin === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

async function finish(child: Deno.ChildProcess, stdin: string | undefined): Promise<RunResult> {
  const [result] = await Promise.all([child.output(), stdin === undefined ? undefined : feed(child, stdin)]);
  const decoder = new TextDecoder();
  return { status: result.code, stdout: decoder.decode(result.stdout), stderr: decoder.decode(result.stderr) };
}

async function feed(child: Deno.ChildProcess, text: string): Promise<void> {
  try {
    await new Blob([text]).stream().pipeTo(child.stdin);
  } catch (error) {
    // A child may well end without reading all that it is given.
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}
