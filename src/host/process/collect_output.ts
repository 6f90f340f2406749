import type { RunInput, RunResult } from "../host.ts";

/** Feeds a started child and waits for its end, or for a limit of the input; then it is killed. */
export async function collectOutput(child: Deno.ChildProcess, input: RunInput): Promise<RunResult> {
  const output = new Output(child, input.maxBytes ?? Infinity);
  const timer = input.timeoutMs === undefined ? undefined : setTimeout(() => output.stop("timeout"), input.timeoutMs);
  try {
    return await output.whole(input.stdin);
  } finally {
    clearTimeout(timer);
  }
}

class Output {
  readonly #child: Deno.ChildProcess;
  readonly #maxBytes: number;
  readonly #stdout: ReadableStreamDefaultReader<Uint8Array>;
  readonly #stderr: ReadableStreamDefaultReader<Uint8Array>;
  #stopped: RunResult["stopped"];

  constructor(child: Deno.ChildProcess, maxBytes: number) {
    this.#child = child;
    this.#maxBytes = maxBytes;
    this.#stdout = child.stdout.getReader();
    this.#stderr = child.stderr.getReader();
  }

  async whole(stdin: string | undefined): Promise<RunResult> {
    const streams = [this.#text(this.#stdout), this.#text(this.#stderr)];
    const fed = stdin === undefined ? undefined : feed(this.#child, stdin);
    const [{ code }, stdout, stderr] = await Promise.all([this.#child.status, ...streams, fed]);
    return {
      status: code,
      stdout: stdout!,
      stderr: stderr!,
      ...(this.#stopped === undefined ? {} : { stopped: this.#stopped }),
    };
  }

  /** What the child started itself may live on and hold its streams open: no one waits for those any more. */
  stop(why: "timeout" | "output"): void {
    this.#stopped ??= why;
    for (const stream of [this.#stdout, this.#stderr]) stream.cancel().catch(() => {});
    try {
      this.#child.kill("SIGKILL");
    } catch {
      // It has ended just now.
    }
  }

  async #text(stream: ReadableStreamDefaultReader<Uint8Array>): Promise<string> {
    const decoder = new TextDecoder();
    let text = "";
    let length = 0;
    for (let part = await stream.read(); !part.done; part = await stream.read()) {
      length += part.value.length;
      if (length > this.#maxBytes) this.stop("output");
      else text += decoder.decode(part.value, { stream: true });
    }
    return text + decoder.decode();
  }
}

async function feed(child: Deno.ChildProcess, text: string): Promise<void> {
  try {
    await new Blob([text]).stream().pipeTo(child.stdin);
  } catch (error) {
    // A child may well end without reading all that it is given.
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}
