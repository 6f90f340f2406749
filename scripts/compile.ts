/** `deno task compile`: one executable named atmos; prints its size and SHA-256. */
import { compile } from "./compile/compile.ts";
import { type CompileOptions, parseOptions, USAGE } from "./compile/options.ts";

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (options === undefined) return 2;
  const result = await compile(options);
  if (result.kind === "built") {
    console.log(`${result.file}  ${(result.bytes / 2 ** 20).toFixed(1)} MiB  sha256 ${result.sha256}`);
    return 0;
  }
  console.error(result.message);
  return result.kind === "no-image" ? 7 : 1;
}

function readOptions(args: readonly string[]): CompileOptions | undefined {
  try {
    return parseOptions(args);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    console.error(`Cannot compile: ${error.message}\n${USAGE}`);
    return undefined;
  }
}

if (import.meta.main) Deno.exit(await main(Deno.args));
