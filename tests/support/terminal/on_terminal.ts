import { atmosStart, type RunOptions } from "../atmos/run_atmos.ts";

export interface OnTerminal extends Pick<RunOptions, "isMeasured"> {
  readonly args: readonly string[];
  /** Typed when the question stands there. */
  readonly answer: string;
  readonly question: string;
  /** Typed before the program has started. */
  readonly ahead?: string;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** The program, where it is not atmos. */
  readonly program?: string;
}

/** Runs `atmos`, or another program, on a pseudo terminal of its own (util-linux `script`), with what a person types. */
export async function onTerminal(run: OnTerminal): Promise<{ readonly status: number; readonly shown: string }> {
  const atmos = atmosStart(run);
  const words = run.program === undefined ? atmos.words : [run.program];
  const line = [...words, ...run.args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
  const child = new Deno.Command("script", {
    args: ["--quiet", "--return", "--command", `exec ${line}`, "/dev/null"],
    clearEnv: true,
    env: { ...atmos.env, SHELL: "/bin/sh", TERM: "dumb", ...run.env },
    cwd: run.cwd,
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(run.ahead ?? ""));
  let shown = "";
  let answered = false;
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    shown += text;
    if (answered || !shown.includes(run.question)) continue;
    answered = true;
    await writer.write(new TextEncoder().encode(run.answer));
  }
  await writer.close().catch(() => {});
  return { status: (await child.status).code, shown };
}
