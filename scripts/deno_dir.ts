/** Deno's cache directory: DENO_DIR, else what `deno info` says. Permissions: env, run. */
export function denoDir(): string {
  return Deno.env.get("DENO_DIR") || askDenoDir();
}

function askDenoDir(): string {
  const { stdout } = new Deno.Command(Deno.execPath(), { args: ["info", "--json"], stderr: "null" }).outputSync();
  const info: unknown = JSON.parse(new TextDecoder().decode(stdout));
  const found = (info as { readonly denoDir?: unknown }).denoDir;
  if (typeof found !== "string") throw new Error("deno info names no cache directory");
  return found;
}
