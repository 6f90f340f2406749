import type { Needs } from "../../host/host.ts";
import type { Globals } from "../args/global_flags.ts";
import { isTrue } from "../args/boolean.ts";
import { movesCursor } from "./moves_cursor.ts";

/** Whether a line may move: not in a pipeline, nor for people who want it plain. */
export function maySpin(host: Needs<"terminal" | "env" | "sys">, globals: Pick<Globals, "no-color">): boolean {
  const plain = globals["no-color"] || host.env.get("NO_COLOR") !== undefined || isTrue(host.env.get("CI"));
  return !plain && movesCursor(host);
}

export interface Spinning<T> {
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
