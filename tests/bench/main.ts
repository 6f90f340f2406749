/** `deno task bench [name …]`: ratios in one run on one machine; a figure above its target is shown, never a failure. */
import { BUNDLE, bundle } from "../../scripts/compile/bundle.ts";
import { atmosWords } from "../support/atmos/run_atmos.ts";
import { BENCHES } from "./registry.ts";
import { formatRows, type Row } from "./row.ts";

async function main(names: readonly string[]): Promise<number> {
  const unknown = names.find((name) => BENCHES[name] === undefined);
  if (unknown !== undefined) {
    console.error(`no benchmark "${unknown}"; there are: ${Object.keys(BENCHES).join(", ")}`);
    return 2;
  }
  await measureTheProduct();
  const rows: Row[] = [];
  for (const [name, load] of Object.entries(BENCHES)) {
    if (names.length > 0 && !names.includes(name)) continue;
    console.log(`measuring ${name} …`);
    rows.push(...await (await load()).bench.run());
  }
  console.log(`\nDeno ${Deno.version.deno}, ${navigator.hardwareConcurrency} cores; medians of runs that took turns\n`);
  console.log(formatRows(rows));
  return 0;
}

/** Without an executable to measure (ATMOS_TEST_BIN), the bundle that `deno task compile` would put into it. */
async function measureTheProduct(): Promise<void> {
  if (!Deno.env.get("ATMOS_TEST_BIN")) Deno.env.set("ATMOS_TEST_BIN", (await bundle(BUNDLE)).main);
  console.log(`ours: ${atmosWords().at(-1)}`);
}

if (import.meta.main) Deno.exit(await main(Deno.args));
