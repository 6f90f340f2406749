import { bundle } from "../../../scripts/compile/bundle.ts";

/** The entry of the bundle that `deno task test` has built for all its tests; else of one that is built into `folder`. */
export async function sharedBundle(folder: string): Promise<string> {
  return Deno.env.get("ATMOS_TEST_BUNDLE") || (await bundle(folder)).main;
}
