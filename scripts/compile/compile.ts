import { denoDir } from "../deno_dir.ts";
import { permissionFlags, V8_FLAGS } from "../../src/host/process/allowed.ts";
import { readBuildInfo } from "./build_info.ts";
import { BUNDLE, bundle } from "./bundle.ts";
import { fixTimes } from "./fix_times.ts";
import type { CompileOptions } from "./options.ts";
import { REPOSITORY } from "./repository.ts";
import { cachedImagePath } from "./runtime_image.ts";

export type CompileResult =
  | { readonly kind: "built"; readonly file: string; readonly bytes: number; readonly sha256: string }
  | { readonly kind: "no-image"; readonly message: string }
  | { readonly kind: "failed"; readonly message: string };

/**
 * Builds one executable with the permissions of src/host/process/allowed.ts baked in. No code cache: Deno would keep it in
 * a temporary file of a known name, which anyone on the machine could put there first. Permissions: run, read, env.
 */
export async function compile(options: CompileOptions): Promise<CompileResult> {
  const build = await readBuildInfo();
  const { main } = await bundle(BUNDLE, build);
  fixTimes(BUNDLE, build.date);
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...compileArgs(options), `--include=${BUNDLE}`, main],
    cwd: REPOSITORY,
    env: { NO_COLOR: "1" },
    stdout: "null",
    stderr: "piped",
  }).output();
  if (success) return await describe(options);
  const message = new TextDecoder().decode(stderr);
  return isDownloadFailure(message) ? { kind: "no-image", message: noImage(options) } : { kind: "failed", message };
}

export function compileArgs({ target, allowHosts, output }: CompileOptions): readonly string[] {
  return [
    "compile",
    "--no-code-cache",
    "--exclude-unused-npm",
    ...V8_FLAGS,
    ...permissionFlags(allowHosts),
    ...(target === undefined ? [] : [`--target=${target}`]),
    "--config=deno.json",
    `--output=${output}`,
  ];
}

async function describe({ target = Deno.build.target, output }: CompileOptions): Promise<CompileResult> {
  const file = target.includes("windows") && !output.endsWith(".exe") ? `${output}.exe` : output;
  const bytes = Deno.readFileSync(file);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return { kind: "built", file, bytes: bytes.length, sha256: digest.toHex() };
}

function isDownloadFailure(stderr: string): boolean {
  return /Download https:\/\/\S*denort/.test(stderr) && /error sending request|Setting up base binary/.test(stderr);
}

function noImage({ target = Deno.build.target }: CompileOptions): string {
  const archive = cachedImagePath({ target, denoDir: denoDir() });
  return `Cannot download Deno's runtime image for "${target}": dl.deno.land is out of reach; ` +
    `set DENORT_BIN to a denort executable of ${Deno.version.deno}, or fill DENO_DIR: put denort-${target}.zip at ${archive}`;
}
