import { FileError, type FileErrorKind, isFileError } from "../../../src/host/files/file_error.ts";

/** Thrown for every effect after {@link MemoryEffects.stopAt}: the process is dead, no clean-up runs. */
export class Stopped extends Error {}

/** Counts effects on a disk in memory and lets one of them fail, or be the last. */
export class MemoryEffects {
  count = 0;
  /** The effect that has failed because it was its turn. */
  failed: { readonly operation: string; readonly path: string } | undefined;
  /** Called before each effect. */
  watch: (() => void) | undefined;
  #fail: { readonly at: number; readonly kind: FileErrorKind } | undefined;
  #stop: number | undefined;
  #other: { readonly at: number; readonly act: (operation: string) => void } | undefined;

  failAt(n: number, kind: FileErrorKind): void {
    this.#fail = { at: this.count + n, kind };
  }

  stopAt(n: number): void {
    this.#stop = this.count + n;
  }

  beforeEffect(n: number, act: (operation: string) => void): void {
    this.#other = { at: this.count + n, act };
  }

  clear(): void {
    this.#fail = this.#stop = this.failed = undefined;
  }

  /** The same for a look at what may not be there: then "not-found" is no failure. */
  look<T>(operation: string, path: string, act: () => T): T | undefined {
    try {
      return this.run(operation, path, act);
    } catch (error) {
      if (this.failed !== undefined && isFileError(error, "not-found")) return undefined;
      throw error;
    }
  }

  /** Does it, unless it is its turn to fail: then only `half` of it is done, if there are halves. */
  run<T>(operation: string, path: string, act: () => T, half?: () => void): T {
    this.count++;
    this.watch?.();
    if (this.#other?.at === this.count) this.#other.act(operation);
    if (this.#stop !== undefined && this.count >= this.#stop) {
      if (this.count === this.#stop) half?.();
      throw new Stopped(`${operation} ${path}`);
    }
    if (this.#fail?.at === this.count) {
      half?.();
      this.failed = { operation, path };
      throw new FileError(this.#fail.kind, path, operation);
    }
    return act();
  }
}
