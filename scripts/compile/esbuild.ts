/** Runs esbuild in a folder that has its package among its own. Throws with what it says. Permissions: run, read. */
export async function runEsbuild({ packages, cwd, args }: EsbuildInput): Promise<void> {
  await run(esbuildPath(packages), { args: [...args, "--log-level=warning"], cwd });
}

interface EsbuildInput {
  /** The folder of a `deno install`. */
  readonly packages: string;
  readonly cwd: string;
  readonly args: readonly string[];
}

/** The program itself, since its install script, which would put it elsewhere, is not run. */
function esbuildPath(folder: string): string {
  const packages = `${folder}/node_modules/.deno`;
  const found = [...Deno.readDirSync(packages)].find(({ name }) => /^@esbuild\+[\w-]+@/.test(name));
  if (found === undefined) throw new Error("esbuild has no package for this machine");
  const name = /^@esbuild\+([\w-]+)@/.exec(found.name)![1]!;
  const own = `${packages}/${found.name}/node_modules/@esbuild/${name}`;
  return name.startsWith("win32") ? `${own}/esbuild.exe` : `${own}/bin/esbuild`;
}

/** Runs a program to its end. Throws with what it says when it fails. Permission: run. */
export async function run(
  command: string,
  { args, cwd }: { readonly args: readonly string[]; readonly cwd: string },
): Promise<void> {
  const { success, stderr } = await new Deno.Command(command, { args: [...args], cwd, stdout: "null", stderr: "piped" })
    .output();
  if (!success) throw new Error(`${command} ${args[0]}: ${new TextDecoder().decode(stderr)}`);
}
