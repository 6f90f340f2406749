import type { StoreHost } from "../../../src/store/replace.ts";
import { MemoryFiles } from "../../support/host/memory_files.ts";

/** A disk in memory, a clock that only sleeping moves, and no luck at all. */
export interface FakeStore {
  readonly files: MemoryFiles;
  readonly host: StoreHost;
  /** Milliseconds slept so far. */
  slept(): number;
  /** What a signal does before the process ends. */
  end(): void;
}

export interface FakeStoreOptions {
  /** Our user id; 1000 when absent. */
  readonly uid?: number;
  /** Runs before each sleep ends: what other processes do meanwhile. */
  readonly meanwhile?: (files: MemoryFiles, sleeps: number) => void;
}

const START = 1_700_000_000_000;

export function fakeStore({ uid = 1000, meanwhile }: FakeStoreOptions = {}): FakeStore {
  const files = new MemoryFiles();
  files.uid = files.gid = uid;
  let [now, sleeps] = [START, 0];
  const cleanUps = new Set<() => void>();
  files.now = () => now;
  const host: StoreHost = {
    read: files.reader,
    write: files.writer,
    clock: {
      now: () => now,
      started: now,
      sleep: (ms) => {
        now += ms;
        meanwhile?.(files, ++sleeps);
        return Promise.resolve();
      },
    },
    env: { get: (name) => name === "HOME" ? "/home/me" : undefined, all: () => ({ HOME: "/home/me" }) },
    random: { fraction: () => 0.5, bytes: (length) => new Uint8Array(length) },
    sys: {
      os: "linux",
      uid: () => uid,
      gid: () => uid,
      pid: () => 1,
      ppid: () => 0,
      self: () => ({ command: "atmos", args: [] }),
      chdir: () => {},
      cleanUpOnSignal: (cleanUp) => {
        cleanUps.add(cleanUp);
        return () => Promise.resolve(void cleanUps.delete(cleanUp));
      },
    },
  };
  return { files, host, slept: () => now - START, end: () => cleanUps.forEach((cleanUp) => cleanUp()) };
}

export const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
export const decode = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

/** An edit that adds a line. */
export const append = (line: string) => (old: Uint8Array | undefined): Uint8Array => encode(`${decode(old)}${line}\n`);
