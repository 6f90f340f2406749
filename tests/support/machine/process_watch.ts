const PAUSE_MS = 30;

/** The command lines of every process of this machine, for as long as `during` takes; each once. */
export async function commandLines(during: () => Promise<unknown>): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  let over = false;
  const watching = (async () => {
    while (!over) {
      for (const line of await processes()) seen.add(line);
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

async function processes(): Promise<readonly string[]> {
  const { stdout } = await new Deno.Command("ps", { args: ["-eo", "args"], stderr: "null" }).output();
  return new TextDecoder().decode(stdout).split("\n");
}
