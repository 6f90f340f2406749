import { compile } from "../compile/compile.ts";
import { denoDir } from "../deno_dir.ts";
import { hasRuntimeImage } from "../compile/runtime_image.ts";
import { type Suite, SUITES } from "./suites.ts";

/**
 * The e2e suite once more, against the compiled executable; nothing where Deno's runtime image is not on this machine
 * already (a test downloads nothing).
 */
export async function compiledSuite(): Promise<readonly Suite[]> {
  const e2e = SUITES.find(({ name }) => name === "e2e");
  if (e2e === undefined || !hasRuntimeImage({ denortBin: Deno.env.get("DENORT_BIN"), denoDir: denoDir() })) {
    console.log("SKIP e2e against the executable: Deno's runtime image is not on this machine (deno task compile)");
    return [];
  }
  const result = await compile({ output: "dist/test/atmos", allowHosts: [] });
  if (result.kind !== "built") throw new Error(result.message);
  return [{ ...e2e, name: "e2e-compiled", processes: "not measured", env: { ATMOS_TEST_BIN: result.file } }];
}
