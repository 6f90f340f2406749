/** How many random inputs to try: `long` with `deno task test --long`, else `usual`. Permission: env. */
export function randomRuns({ usual, long }: { readonly usual: number; readonly long: number }): number {
  return Deno.env.get("ATMOS_TEST_LONG") ? long : usual;
}

/** ATMOS_TEST_SEED, which repeats a run; without it today's date, as in 20261124 (UTC). Permission: env. */
export function seedOfToday(now = new Date()): number {
  return Number(Deno.env.get("ATMOS_TEST_SEED") || now.toISOString().slice(0, 10).replaceAll("-", ""));
}
