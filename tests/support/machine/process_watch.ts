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
  const { stdout } = await new Deno.Command("ps", { args: ["-eo", "pid,args"], stderr: "null" }).output();
  return new TextDecoder().decode(stdout).split("\n").flatMap((line) => {
    const [, pid, args] = /^\s*(\d+)\s(.*)$/.exec(line) ?? [];
    return pid !== undefined && mayHave(home, pid) ? [args!] : [];
  });
}

function mayHave(home: string, pid: string): boolean {
  try {
    return Deno.readTextFileSync(`/proc/${pid}/environ`).includes(home);
  } catch {
    // It has ended meanwhile; or there is no /proc.
    return !HAS_PROC;
  }
}

const HAS_PROC = (() => {
  try {
    return Deno.statSync("/proc/self/environ").isFile;
  } catch {
    return false;
  }
})();
