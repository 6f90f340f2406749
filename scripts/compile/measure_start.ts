const RUNS = 7;

/**
 * Returns how many milliseconds `FILE version` takes, the median of some runs after one that warms up. Throws Error
 * where it fails. Permission: run.
 */
export async function measureStart(file: string): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const start = performance.now();
    const { success, code } = await new Deno.Command(file, { args: ["version"], stdout: "null", stderr: "null" })
      .output();
    if (!success) throw new Error(`${file} version: exit status ${code}`);
    if (run > 0) times.push(performance.now() - start);
  }
  return times.toSorted((one, other) => one - other)[Math.floor(RUNS / 2)]!;
}
