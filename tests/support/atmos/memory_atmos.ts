import { app } from "../../../src/app.ts";
import { REGISTRY } from "../../../src/cli/registry.ts";
import type { RunResult } from "../../../src/host/host.ts";
import { type FakeHost, fakeHost, type FakeHostOptions } from "../host/fake_host.ts";
import { MemoryFiles } from "../host/memory_files.ts";
import { forgetRecordedTexts } from "../../../src/hidden_texts.ts";

export interface MemoryAtmosOptions
  extends Pick<FakeHostOptions, "env" | "now" | "tty" | "lines" | "os" | "self" | "net"> {
  /** Absolute path to text. */
  readonly files?: Readonly<Record<string, string>>;
  readonly disk?: MemoryFiles;
  /** /home/me/repo when absent. */
  readonly cwd?: string;
  readonly run?: readonly RunResult[];
}

export interface MemoryRun {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  readonly seen: FakeHost["seen"];
}

/** A disk with these files; hand it to several runs. */
export function diskWith(files: Readonly<Record<string, string>>): MemoryFiles {
  const disk = new MemoryFiles();
  for (const [path, text] of Object.entries(files)) disk.put(path, text);
  return disk;
}

/** The whole program on a computer in memory: from argv to exit status, no process. HOME is /home/me. */
export async function memoryAtmos(argv: readonly string[], options: MemoryAtmosOptions = {}): Promise<MemoryRun> {
  const { cwd = "/home/me/repo", files = {}, disk = diskWith(files), env = {}, ...rest } = options;
  if (disk.reader.stat(cwd) === undefined) disk.directory(cwd);
  const read = { ...disk.reader, cwd: () => cwd };
  const host = fakeHost({ ...rest, files: { read, write: disk.writer }, env: { HOME: "/home/me", ...env } });
  // A process of its own knows nothing of former ones.
  forgetRecordedTexts();
  const status = await app({ host, registry: REGISTRY, giveUp: () => {} }, argv);
  return { status, out: host.seen.out, err: host.seen.err, seen: host.seen };
}
