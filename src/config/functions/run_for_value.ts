import type { Needs } from "../../host/host.ts";
import type { FilePosition, Located } from "../values/located.ts";
import { makeFromJson, makeText } from "../values/make_located.ts";

const TIMEOUT_MS = 60_000;
/** Bytes that it may print. */
const MOST_OUTPUT = 1024 * 1024;
/**
 * Git takes a directory of a repository for a repository of its own where its files make it look like one, and starts the
 * programs that its settings name. https://git-scm.com/docs/git-config#Documentation/git-config.txt-safebareRepository
 */
const NO_BARE_REPOSITORY = "'safe.bareRepository=explicit'";

interface RunCall {
  /** A line for the shell. */
  readonly text: string;
  readonly place: FilePosition;
  /** Where it starts; the current directory by default. */
  readonly cwd?: string | undefined;
}

/**
 * `!exec`: what a command prints; a JSON list or object counts as one. Neither the command nor what it printed goes
 * into a message, since either may hold a secret. Empty where this run starts no programs. Throws RangeError when it
 * fails, takes more than 60 seconds or prints more than 1 MiB. Permissions: run, env.
 */
export async function runForValue(
  host: Needs<"run" | "runtime" | "env">,
  { text, place, cwd }: RunCall,
): Promise<Located> {
  if (text.trim() === "") throw new RangeError("it takes a command");
  const [command, option] = host.runtime.os === "windows" ? ["cmd", "/c"] : ["sh", "-c"];
  const limits = { timeoutMs: TIMEOUT_MS, maxBytes: MOST_OUTPUT, skippable: true } as const;
  const input = {
    command: command!,
    args: [option!, text],
    env: settleGit(host),
    ...(cwd === undefined ? {} : { cwd }),
    ...limits,
  };
  const { status, stdout, stopped } = await host.run.capture(input);
  if (stopped === "timeout") throw new RangeError("the command took more than 60 seconds and was ended");
  if (stopped === "output") throw new RangeError("the command printed more than 1 MiB and was ended");
  if (status !== 0) throw new RangeError(`the command ended with status ${status}; run it yourself to see why`);
  const printed = stdout.replace(/(\r?\n)+$/, "");
  return jsonIn(printed, place) ?? makeText(printed, place);
}

/** What `git -c` around this program has set stays; of two that set the same, the last one counts. */
function settleGit(host: Needs<"env">): Readonly<Record<string, string>> {
  const given = host.env.get("GIT_CONFIG_PARAMETERS")?.trim() ?? "";
  return { GIT_CONFIG_PARAMETERS: given === "" ? NO_BARE_REPOSITORY : `${given} ${NO_BARE_REPOSITORY}` };
}

function jsonIn(text: string, place: FilePosition): Located | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return makeFromJson(JSON.parse(text), place);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
