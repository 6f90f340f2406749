/**
 * `deno task fault [--long] [--docs]`: the suite `fault`, and at its end one table of what was tried and how it ended.
 * With --long all cases, without it a part of them; with --docs the table is written to docs/fault-table.md as well.
 */
import { readRows, renderTable } from "./test/fault_table.ts";
import { endLines, succeeded } from "./test/outcome.ts";
import { fetchPackages, rowsFolder, runSuites, sharedFolder } from "./test/run_suites.ts";
import { chooseSuites } from "./test/suites.ts";

const PAGE = "docs/fault-table.md";
const FLAGS = ["--long", "--docs"];

async function main(args: readonly string[]): Promise<boolean> {
  const unknown = args.find((word) => !FLAGS.includes(word));
  if (unknown !== undefined) throw new RangeError(`unknown argument "${unknown}"; there are: ${FLAGS.join(", ")}`);
  await fetchPackages();
  const work = sharedFolder();
  try {
    const isLong = args.includes("--long");
    const outcome = await runSuites({ suites: chooseSuites(["fault"]), work, coverage: undefined, isLong });
    const table = renderTable(readRows(rowsFolder(work)));
    console.log(table);
    for (const line of endLines(outcome)) console.log(line);
    // A page that says how things ended is one of a run that ended well.
    if (args.includes("--docs") && succeeded(outcome)) writePage(renderPage(table, isLong));
    return succeeded(outcome);
  } finally {
    Deno.removeSync(work, { recursive: true });
  }
}

/** Formatted: the length of the command and of the date moves the line breaks. */
function writePage(text: string): void {
  Deno.writeTextFileSync(PAGE, text);
  new Deno.Command(Deno.execPath(), { args: ["fmt", "--quiet", PAGE] }).outputSync();
}

function renderPage(table: string, isLong: boolean): string {
  const date = new Date().toISOString().slice(0, 10);
  const command = `deno task fault${isLong ? " --long" : ""} --docs`;
  return `# What goes wrong, and how it ends

What \`${command}\` has tried and found on ${date}; the command writes this page. A case that ends in another way than it
may fails the run, and no page is written then. The numbers are those of [exit codes](exit-codes.md). How a test adds a
row: [tests](../tests/README.md#faults-as-figures).

${table}
`;
}

if (import.meta.main) Deno.exit(await main(Deno.args) ? 0 : 1);
