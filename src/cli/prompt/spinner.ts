import type { Needs, Net } from "../../host/host.ts";
import type { Globals } from "../args/global_flags.ts";
import { warns } from "../output/report.ts";
import { isTrue } from "../args/flag_values.ts";

/** Returns whether lines may move: not in a pipeline, not in CI, and not for users who want it plain. */
export function mayMove(host: Needs<"terminal" | "env" | "sys">, globals: Pick<Globals, "no-color">): boolean {
  const plain = globals["no-color"] || host.env.get("NO_COLOR") !== undefined || isTrue(host.env.get("CI"));
  return !plain && movesCursor(host);
}

/** Says in a line what is begun that may take a while, where no line can move but someone may be waiting. */
export function announce(
  host: Needs<"terminal" | "env" | "sys">,
  { text, globals }: { readonly text: string; readonly globals: Pick<Globals, "no-color" | "logs-level"> },
): void {
  const isWatched = host.terminal.isTty.stderr || isTrue(host.env.get("CI"));
  if (isWatched && !mayMove(host, globals) && warns(globals)) host.terminal.err(`${text} …\n`);
}

interface Spinning<T> {
  readonly text: string;
  readonly work: () => Promise<T>;
}

/** Shows a moving line until `work` is over, however it ends. */
export async function spinning<T>({ terminal }: Needs<"terminal">, { text, work }: Spinning<T>): Promise<T> {
  const stop = terminal.spin(text);
  try {
    return await work();
  } finally {
    stop();
  }
}

type PatientHost = Needs<"net" | "terminal" | "env" | "sys">;

/** The same host, whose terminal shows while an answer from the network is waited for. */
export function withSpinner<H extends PatientHost>(host: H, globals: Pick<Globals, "no-color">): H {
  if (!mayMove(host, globals)) return host;
  const net: Net = {
    fetch: (request) => spinning(host, { text: "Waiting for AWS", work: () => host.net.fetch(request) }),
  };
  return { ...host, net };
}

/** Whether stderr is a terminal that understands more than lines. On Windows all are, and none says so. */
export function movesCursor({ terminal, env, sys }: Needs<"terminal" | "env" | "sys">): boolean {
  const kind = env.get("TERM") ?? (sys.os === "windows" ? "windows" : "dumb");
  return terminal.isTty.stderr && kind !== "dumb";
}
