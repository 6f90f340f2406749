import { ok } from "node:assert/strict";
import { type RunOutcome, spawnAtmos } from "../atmos/run_atmos.ts";
import { type LoginWorld, NOBODY } from "./login_run.ts";

type Variables = Readonly<Record<string, string>>;

/** A command that is under way. */
export interface Underway {
  /** What it has written to stderr so far. */
  said(): string;
  kill(signal: Deno.Signal): void;
  end(): Promise<RunOutcome>;
}

/** Starts `atmos` in the directory of atmos.yaml, without a person unless `env` has one. */
export function start({ env, home }: LoginWorld, args: readonly string[], more: Variables = NOBODY): Underway {
  const child = spawnAtmos(args, { env: env(more), cwd: home.at("repo") });
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  return {
    said: stderr.text,
    kill: (signal) => child.kill(signal),
    async end() {
      await child.stdin.close();
      const [{ code }] = await Promise.all([child.status, stdout.closed, stderr.closed]);
      return { status: code, stdout: stdout.text(), stderr: stderr.text() };
    },
  };
}

function collect(stream: ReadableStream<Uint8Array>) {
  const decoder = new TextDecoder();
  let text = "";
  const read = async () => {
    for await (const chunk of stream) text += decoder.decode(chunk, { stream: true });
  };
  return { text: () => text, closed: read() };
}

interface AskedInput<T> {
  readonly action: string;
  readonly command: readonly string[];
  readonly env?: Variables;
  /** What happens before AWS answers. */
  readonly meanwhile: () => Promise<T>;
}

/** Runs a command, and something else while its call waits for AWS's answer. */
export async function whileAsked<T>(
  world: LoginWorld,
  { action, command, env, meanwhile }: AskedInput<T>,
): Promise<RunOutcome & { readonly out: T }> {
  const { aws } = world;
  const before = aws.count(action);
  const answer = Promise.withResolvers<void>();
  aws.fail(action, { until: answer.promise });
  const child = start(world, command, env);
  await until(() => aws.count(action) > before);
  const out = await meanwhile().finally(answer.resolve);
  return { out, ...await child.end() };
}

export async function until(done: () => boolean): Promise<void> {
  for (let tries = 0; tries < 600 && !done(); tries++) await new Promise((resolve) => setTimeout(resolve, 50));
  ok(done(), "it did not happen in 30 seconds");
}
