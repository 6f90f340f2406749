/** A command line to time; `before` prepares each run and is not timed. */
export interface Candidate {
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly before?: () => void;
}

export interface Plan<K extends string> {
  readonly runs: number;
  readonly candidates: Readonly<Record<K, Candidate>>;
}

/**
 * Median milliseconds of each candidate. They take turns (A, B, A, B, …), so that what else the machine does hits them
 * alike; one round before the first is not counted.
 */
export async function measure<K extends string>({ runs, candidates }: Plan<K>): Promise<Readonly<Record<K, number>>> {
  const names = Object.keys(candidates) as K[];
  const times = new Map(names.map((name) => [name, [] as number[]]));
  for (let round = runs > 1 ? -1 : 0; round < runs; round++) {
    for (const name of names) {
      const time = await timeOf(candidates[name]);
      if (round >= 0) times.get(name)?.push(time);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as Record<K, number>;
}

async function timeOf(candidate: Candidate): Promise<number> {
  candidate.before?.();
  const [command = "", ...args] = candidate.words;
  const start = performance.now();
  const output = await new Deno.Command(command, {
    args,
    env: candidate.env,
    clearEnv: true,
    stdin: "null",
  }).output();
  const time = performance.now() - start;
  if (!output.success) throw failure(candidate, output.stderr);
  return time;
}

function failure({ words }: Candidate, stderr: Uint8Array): Error {
  return new Error(`${words.join(" ")}\n${new TextDecoder().decode(stderr)}`);
}

/** The middle value, the lower one of two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
}

/**
 * Highest resident memory of one run in MiB, from the kernel's own high-water mark; undefined where
 * there is no /proc. Permissions: run, and all (Deno reads /proc for no less).
 */
export async function peakMemory(candidate: Candidate): Promise<number | undefined> {
  if (Deno.build.os !== "linux") return undefined;
  candidate.before?.();
  const [command = "", ...args] = candidate.words;
  const child = new Deno.Command(command, {
    args,
    env: candidate.env,
    clearEnv: true,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  let running = true;
  const ended = child.output().finally(() => running = false);
  let peak = 0;
  while (running) {
    peak = Math.max(peak, highWaterMark(child.pid));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const output = await ended;
  if (!output.success) throw failure(candidate, output.stderr);
  return peak / 1024;
}

/** In KiB; 0 once the process is gone. */
function highWaterMark(pid: number): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(Deno.readTextFileSync(`/proc/${pid}/status`))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
