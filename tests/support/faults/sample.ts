import { randomRuns, seedOfToday } from "../random/runs.ts";

/**
 * The numbers from 1 that are tried: with --long all of them, else every `step`-th, from another one each day on, and for
 * each `of` from another one.
 */
export function sampled(
  count: number,
  { step, of }: { readonly step: number; readonly of: number },
): readonly number[] {
  const by = randomRuns({ usual: step, long: 1 });
  const first = 1 + (seedOfToday() + of * 7) % by;
  return Array.from({ length: Math.max(0, Math.ceil((count - first + 1) / by)) }, (_, at) => first + at * by);
}
