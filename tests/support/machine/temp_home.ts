/** A fresh HOME, removed with everything in it when the block ends: `await using home = tempHome()`. */
export class TempHome implements AsyncDisposable, Disposable {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** HOME and nothing else: what a test hands to the program, plus its own variables. */
  env(more: Readonly<Record<string, string>> = {}): Record<string, string> {
    return { HOME: this.path, ...more };
  }

  /** The absolute path of something in the home, e.g. `at(".kube/config")`. */
  at(relative: string): string {
    return `${this.path}/${relative}`;
  }

  /** Writes a file (0600 unless a mode is given), creating its folders; gives back its absolute path. */
  write(relative: string, text: string, mode = 0o600): string {
    const path = this.at(relative);
    Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    Deno.writeTextFileSync(path, text);
    Deno.chmodSync(path, mode);
    return path;
  }

  /** The text of a file; undefined when it does not exist. */
  read(relative: string): string | undefined {
    try {
      return Deno.readTextFileSync(this.at(relative));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  }

  /** Every file and link below the home, relative and sorted: proves what was left behind. */
  files(): readonly string[] {
    return [...walk(this.path)].map((path) => path.slice(this.path.length + 1)).sort();
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.path, { recursive: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.path, { recursive: true });
  }
}

export function tempHome(): TempHome {
  return new TempHome(Deno.realPathSync(Deno.makeTempDirSync({ prefix: "atmos-test-" })));
}

function* walk(folder: string): Generator<string> {
  for (const entry of Deno.readDirSync(folder)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) yield* walk(path);
    else yield path;
  }
}
