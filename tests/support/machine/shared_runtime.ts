let shared: string | undefined;

/**
 * The path of a copy of Deno that any user may run: the one that runs this may be in a directory that is closed to others,
 * such as root's own, into which setpriv itself can still look but not what it starts. Gone when the process ends.
 */
export function sharedRuntime(): string {
  return shared ??= copyRuntime();
}

function copyRuntime(): string {
  const directory = Deno.makeTempDirSync({ prefix: "runtime-" });
  addEventListener("unload", () => Deno.removeSync(directory, { recursive: true }));
  Deno.chmodSync(directory, 0o711);
  Deno.copyFileSync(Deno.execPath(), `${directory}/deno`);
  Deno.chmodSync(`${directory}/deno`, 0o755);
  return `${directory}/deno`;
}
