/** `deno task docs [--check]`: writes the files that are generated from the code; with --check, only compares them. */
import { generateManPages } from "./docs/man_pages.ts";
import { generatePages } from "./docs/pages.ts";
import { readIfThere } from "./read_if_there.ts";

/** Each returns texts by path. A new kind of generated file is one function and one line here. */
const GENERATORS: readonly (() => Promise<ReadonlyMap<string, string>>)[] = [
  generatePages,
  generateManPages,
];

async function main(args: readonly string[]): Promise<number> {
  const generated = await Promise.all(GENERATORS.map((generate) => generate()));
  const stale = generated.flatMap((files) => [...files]).filter(([path, text]) => text !== readIfThere(path));
  if (stale.length === 0) return 0;
  if (args.includes("--check")) {
    console.error(`Not what the code says: ${stale.map(([path]) => path).join(", ")}. Run: deno task docs`);
    return 1;
  }
  for (const [path, text] of stale) writeFile(path, text);
  return 0;
}

function writeFile(path: string, text: string): void {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  if (folder !== "") Deno.mkdirSync(folder, { recursive: true });
  Deno.writeTextFileSync(path, text);
}

if (import.meta.main) Deno.exit(await main(Deno.args));
