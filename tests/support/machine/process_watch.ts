const PAUSE_MS = 30;

/**
 * The command lines of every process that has `home` in its environment, for as long as `during` takes; each once. Tests
 * that run meanwhile have processes of their own. Only Linux tells; elsewhere every process counts.
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

/** A runtime that may not do everything may not read there itself. */
const OF_HOME = `for found in $(grep -lsa "HOME=$1" /proc/[0-9]*/environ); do
  tr '\\0' ' ' < "\${found%environ}cmdline" && echo
done 2> /dev/null`;

async function processes(home: string): Promise<readonly string[]> {
  const [command, ...args] = Deno.build.os === "linux" ? ["sh", "-c", OF_HOME, "sh", home] : ["ps", "-eo", "args"];
  const { stdout } = await new Deno.Command(command!, { args, stderr: "null" }).output();
  return new TextDecoder().decode(stdout).split("\n");
}
