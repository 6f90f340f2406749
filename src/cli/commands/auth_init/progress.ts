import type { Globals } from "../../args/global_flags.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { mayMove } from "../../prompt/spinner.ts";

/** Shows a line that moves at a terminal, until `end`; elsewhere its first text stands once. */
export function startProgress(
  host: LoginCommandHost,
  { globals, text }: { readonly globals: Globals; readonly text: string },
): { readonly show: (text: string) => void; readonly end: () => void } {
  if (!mayMove(host, globals)) {
    host.terminal.err(`${text} …\n`);
    return { show() {}, end() {} };
  }
  let stop = host.terminal.spin(text);
  return {
    show(next) {
      stop();
      stop = host.terminal.spin(next);
    },
    end: () => stop(),
  };
}
