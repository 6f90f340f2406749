import { FileError, type FileErrorKind } from "../../../src/host/files/file_error.ts";

/** Thrown for every effect after {@link MemoryEffects.stopAt}: the process is dead, no clean-up runs. */
export class Stopped extends Error {}

/** Counts effects on a disk in memory and lets one of them fail, or be the last. */
export class MemoryEffects {
  count = 0;
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
    this.#fail = this.#stop = undefined;
  }

  /** Does it, unless it is its turn to fail: then only `half` of it is done, if there are halves. */
  run<T>(operation: string, path: string, act: () => T, half?: () => void): T {
    this.count++;
    if (this.#other?.at === this.count) this.#other.act(operation);
    if (this.#stop !== undefined && this.count >= this.#stop) {
      if (this.count === this.#stop) half?.();
      throw new Stopped(`${operation} ${path}`);
    }
    if (this.#fail?.at === this.count) {
      half?.();
      throw new FileError(this.#fail.kind, path, operation);
    }
    return act();
  }
}
