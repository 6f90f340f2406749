import { quotePosixVisibly } from "../../formats/text/shell_quote.ts";
import type { Needs } from "../../host/host.ts";

/** Stands in a hint for the command line of this run, as it was typed: flags may follow it. */
export const TYPED_COMMAND = "atmos ⟨as typed⟩";

/** Returns the host whose output has the command line in place of {@link TYPED_COMMAND}, also within strings of JSON. */
export function repeatTypedCommand<H extends Needs<"terminal">>(host: H, argv: readonly string[]): H {
  const command = ["atmos", ...argv.map(quotePosixVisibly)].join(" ");
  const inJson = JSON.stringify(command).slice(1, -1);
  const { terminal } = host;
  return {
    ...host,
    terminal: {
      ...terminal,
      out: (text: string) => terminal.out(text.replaceAll(TYPED_COMMAND, () => inJson)),
      err: (text: string) => terminal.err(text.replaceAll(TYPED_COMMAND, () => command)),
    },
  };
}
