/** `deno task bundle`: builds the bundle that `deno task atmos` runs, and that it builds anew from then on. */
import { bundle } from "./compile/bundle.ts";
import { bundleOnce } from "./compile/fresh_bundle.ts";
import { REPOSITORY } from "./compile/repository.ts";

if (import.meta.main) console.log(await bundleOnce(REPOSITORY, bundle));
