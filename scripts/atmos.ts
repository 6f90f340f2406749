/** `deno task atmos`: runs the program from a bundle of exactly these sources where bundles are built, else from them. */
import { freshBundle } from "./compile/fresh_bundle.ts";
import { REPOSITORY } from "./compile/repository.ts";

const main = await freshBundle(REPOSITORY, async (folder) => {
  console.error("Bundling the sources, which have changed");
  await (await import("./compile/bundle.ts")).bundle(folder);
});
await import(new URL(`../${main ?? "main.ts"}`, import.meta.url).href);
