/** How a shell is started so that it talks to a terminal. */
export interface ShellStart {
  /** A command line for sh. */
  readonly line: string;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

const PATIENCE_MS = 60_000;

/** A real shell on a terminal of its own (by the program `script`), driven by keys: `await using shell = startShell(…)`. */
export class ShellSession implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #seen = "";

  constructor({ line, env, cwd }: ShellStart) {
    this.#child = new Deno.Command("script", {
      args: ["-qfec", line, "/dev/null"],
      clearEnv: true,
      env: { TERM: "xterm", LC_ALL: "C.UTF-8", ...env },
      cwd,
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    this.#writer = this.#child.stdin.getWriter();
    this.#reader = this.#child.stdout.getReader();
  }

  /** Presses keys. */
  async type(keys: string): Promise<void> {
    await this.#writer.write(new TextEncoder().encode(keys));
  }

  /** Waits for a text on the screen; gives what was shown up to its end, and forgets it. */
  async until(text: RegExp): Promise<string> {
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), PATIENCE_MS);
    try {
      for (let found = text.exec(this.#seen);; found = text.exec(this.#seen)) {
        if (found !== null) return this.#take(found.index + found[0].length);
        const { value, done } = await this.#reader.read();
        if (done) throw new Error(`the shell never showed ${text}; it showed ${JSON.stringify(this.#seen)}`);
        this.#seen += new TextDecoder().decode(value);
      }
    } finally {
      clearTimeout(timer);
    }
  }

  #take(length: number): string {
    const taken = this.#seen.slice(0, length);
    this.#seen = this.#seen.slice(length);
    return taken;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // End of input hangs up the terminal, and with it whatever the shell has started.
    await this.#writer.close().catch(() => {});
    while (!(await this.#reader.read()).done);
    await this.#child.status;
  }
}

export function startShell(start: ShellStart): ShellSession {
  return new ShellSession(start);
}
