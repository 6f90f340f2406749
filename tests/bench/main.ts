/** `deno task bench [name …]`: ratios in one run on one machine; a figure above its target is shown, never a failure. */
import { BENCHES } from "./registry.ts";
import { formatRows, type Row } from "./row.ts";

async function main(names: readonly string[]): Promise<number> {
  const unknown = names.find((name) => BENCHES[name] === undefined);
  if (unknown !== undefined) {
    console.error(`no benchmark "${unknown}"; there are: ${Object.keys(BENCHES).join(", ")}`);
    return 2;
  }
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

if (import.meta.main) Deno.exit(await main(Deno.args));
