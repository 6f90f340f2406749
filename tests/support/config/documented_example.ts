const FOLDER = new URL("../../testdata/auth/documented/", import.meta.url);

/** One of the document's example configurations, word for word. */
export function documentedExample(name: "configuration" | "single_cluster" | "multi_cluster" | "custom_path"): string {
  return Deno.readTextFileSync(new URL(`${name}.yaml`, FOLDER));
}
