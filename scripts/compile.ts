/** `deno task compile`: one executable named atmos; prints its size, its SHA-256 and, if it is for this machine, its start. */
import { compile } from "./compile/compile.ts";
import { measureStart } from "./compile/measure_start.ts";
import { type CompileOptions, parseOptions, USAGE } from "./compile/options.ts";

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (options === undefined) return 2;
  const result = await compile(options);
  if (result.kind === "built") {
    const size = `${(result.bytes / 2 ** 20).toFixed(1)} MiB`;
    console.log(
      [result.file, size, `sha256 ${result.sha256}`, ...await describeStart(result.file, options)].join("  "),
    );
    return 0;
  }
  console.error(result.message);
  return result.kind === "no-image" ? 7 : 1;
}

/** That of an executable for another platform cannot be measured here. */
async function describeStart(file: string, { target = Deno.build.target }: CompileOptions): Promise<readonly string[]> {
  return target === Deno.build.target ? [`starts in ${Math.round(await measureStart(file))} ms`] : [];
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
