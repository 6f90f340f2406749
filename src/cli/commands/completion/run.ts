import type { Needs } from "../../../host/host.ts";
import { completionScript } from "../../completion/script.ts";

/** `atmos completion SHELL`: prints the script that makes a shell ask `atmos complete`. */
export async function runCompletion(host: Needs<"terminal">, shell: string | undefined): Promise<number> {
  host.terminal.out(await completionScript(shell));
  return 0;
}
