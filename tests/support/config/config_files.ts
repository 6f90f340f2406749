import type { RunResult } from "../../../src/host/host.ts";
import type { Located } from "../../../src/config/values/located.ts";
import { type FakeHost, fakeHost } from "../host/fake_host.ts";
import { MemoryFiles } from "../host/memory_files.ts";

export interface ConfigWorldOptions {
  /** Absolute path to text. */
  readonly files?: Readonly<Record<string, string>>;
  /** /home/me/repo when absent. */
  readonly cwd?: string;
  /** Besides HOME=/home/me; an empty HOME is none. */
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: readonly RunResult[];
}

export interface ConfigWorld {
  readonly host: FakeHost;
  readonly disk: MemoryFiles;
}

/** A computer in memory with these configuration files on it. */
export function configWorld(
  { files = {}, cwd = "/home/me/repo", env = {}, run = [] }: ConfigWorldOptions,
): ConfigWorld {
  const disk = new MemoryFiles();
  disk.directory(cwd);
  for (const [path, text] of Object.entries(files)) disk.put(path, text);
  const read = { ...disk.reader, cwd: () => cwd };
  return { disk, host: fakeHost({ files: { read, write: disk.writer }, env: { HOME: "/home/me", ...env }, run }) };
}

/** The data alone, as JSON has it, with names in order. */
export function plain(value: Located | undefined): unknown {
  if (value?.kind === "map") {
    return Object.fromEntries([...value.entries].map(([name, one]) => [name, plain(one.value)]));
  }
  return value?.kind === "list" ? value.items.map(plain) : value?.value;
}

export const NOTHING_NAMED = { configFiles: [], configDirectories: [], profiles: [] };
