/**
 * Runs command lines over and over in one process, some of them at once, with the real world but for the terminal: so
 * that what one run leaves in memory is there in the end.
 */
import { app } from "../../../src/app.ts";
import { REGISTRY } from "../../../src/cli/registry.ts";
import { denoHost } from "../../../src/host/deno.ts";
import type { Host } from "../../../src/host/host.ts";
import type { Soak, Soaked } from "./soak.ts";

const { lines, times, atOnce, removed } = JSON.parse(Deno.args[0]!) as Soak;
const real = denoHost();
/** What a person or a service is waited for is not what is looked at. */
const HASTE = 50;

async function run(args: readonly string[]): Promise<{ readonly status: number; readonly err: string }> {
  let err = "";
  const isTty = { stdin: true, stdout: false, stderr: true };
  const say = (text: string) => void (err += text);
  const terminal = { ...real.terminal, out: () => {}, err: say, spin: () => () => {}, isTty };
  const clock = { ...real.clock, sleep: (ms: number) => real.clock.sleep(ms / HASTE) };
  const host: Host = { ...real, terminal, clock };
  return { status: await app({ host, registry: REGISTRY, giveUp: () => {} }, args), err };
}

const statuses: Record<string, number> = {};
const failures: string[] = [];
const memory: number[] = [];

function measure(): void {
  (globalThis as { gc?: () => void }).gc?.();
  memory.push(Deno.memoryUsage().heapUsed);
}

let next = 0;
const halves = [Math.floor(times / 2), times];

/** Others may be at it, too. */
function forget(): void {
  for (const { name } of Deno.readDirSync(removed.directory)) {
    if (!name.endsWith(".json")) continue;
    try {
      Deno.removeSync(`${removed.directory}/${name}`);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}

async function work(until: number): Promise<void> {
  while (next < until) {
    const turn = next++;
    if (turn % removed.every === 0) forget();
    const { status, err } = await run(lines[turn % lines.length]!);
    statuses[status] = (statuses[status] ?? 0) + 1;
    if (status !== 0) failures.push(err);
  }
}

for (const half of halves) {
  await Promise.all(Array.from({ length: atOnce }, () => work(half)));
  measure();
}
const soaked: Soaked = { statuses, failures: failures.slice(0, 5), memory };
Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(soaked)));
Deno.exit(0);
