import { atmosWords, runtimeEnv } from "../atmos/run_atmos.ts";

export interface Dialogue {
  readonly args: readonly string[];
  /** Questions in their order, and what is typed once each stands there. */
  readonly answers: readonly (readonly [question: string, answer: string])[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/**
 * Runs `atmos` on a pseudo terminal of its own (util-linux `script`), with a person who answers several questions; what it
 * shows ends with the settings that the terminal was left with (`stty -a`).
 */
export async function terminalDialogue(run: Dialogue): Promise<{ readonly status: number; readonly shown: string }> {
  const line = [...atmosWords(), ...run.args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
  const child = new Deno.Command("script", {
    args: ["--quiet", "--return", "--command", `trap : INT; ${line}; status=$?; stty -a; exit $status`, "/dev/null"],
    clearEnv: true,
    env: { ...runtimeEnv(), SHELL: "/bin/sh", TERM: "dumb", ...run.env },
    cwd: run.cwd,
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const writer = child.stdin.getWriter();
  const left = [...run.answers];
  let shown = "";
  let read = 0;
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    shown += text;
    const at = left.length === 0 ? -1 : shown.indexOf(left[0]![0], read);
    if (at < 0) continue;
    const [question, answer] = left.shift()!;
    read = at + question.length;
    await writer.write(new TextEncoder().encode(`${answer}\r`));
  }
  await writer.close().catch(() => {});
  return { status: (await child.status).code, shown };
}
