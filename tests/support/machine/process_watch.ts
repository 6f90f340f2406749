const PAUSE_MS = 30;

/**
 * The command lines of every process that has `home` in its environment, for as long as `during` takes; each once. Tests
 * that run meanwhile have processes of their own. Where no environment can be read, every process counts.
 */
export async function commandLines(home: string, during: () => Promise<unknown>): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  let over = false;
  const watching = (async () => {
    while (!over) {
      for (const line of await processes(home)) seen.add(line);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  })();
  try {
    await during();
  } finally {
    over = true;
    await watching;
  }
  return seen;
}

async function processes(home: string): Promise<readonly string[]> {
  if (HAS_PROC) {
    return [...Deno.readDirSync("/proc")].flatMap(({ name }) => /^\d+$/.test(name) ? ofProcess(home, name) : []);
  }
  const { stdout } = await new Deno.Command("ps", { args: ["-eo", "args"], stderr: "null" }).output();
  return new TextDecoder().decode(stdout).split("\n");
}

/** One after the other: between a look with ps and one at /proc a process may have become another. */
function ofProcess(home: string, pid: string): readonly string[] {
  try {
    if (!Deno.readTextFileSync(`/proc/${pid}/environ`).split("\0").includes(`HOME=${home}`)) return [];
    const line = Deno.readTextFileSync(`/proc/${pid}/cmdline`).split("\0").join(" ");
    return Deno.readTextFileSync(`/proc/${pid}/environ`).includes(home) ? [line] : [];
  } catch {
    return [];
  }
}

const HAS_PROC = (() => {
  try {
    return Deno.statSync("/proc/self/environ").isFile;
  } catch {
    return false;
  }
})();
