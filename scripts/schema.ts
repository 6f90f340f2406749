/** `deno task schema [--check]`: the JSON Schema that editors use for atmos.yaml; with --check, only compares. */
import { authSchema } from "./schema/auth_schema.ts";

const PATH = "schema/atmos-auth.json";

async function main(args: readonly string[]): Promise<number> {
  const text = `${JSON.stringify(await authSchema(), null, 2)}\n`;
  if (args.includes("--check")) {
    if (Deno.readTextFileSync(PATH) === text) return 0;
    console.error(`${PATH} is not what the shapes say: run deno task schema`);
    return 1;
  }
  Deno.writeTextFileSync(PATH, text);
  return 0;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
