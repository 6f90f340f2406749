import type { AnyCommand } from "../args/command.ts";
import type { Registry } from "../args/registry.ts";
import { FLAGS_TOPIC } from "../args/route.ts";
import type { Needs } from "../../host/host.ts";
import { commandHelp, globalFlagsHelp } from "./command_help.ts";
import { groupHelp } from "./group_help.ts";
import { pageStyle } from "./page.ts";

/** Prints the help of a command, of a group of commands, of the whole program or of the global flags. */
export async function showHelp(
  host: Needs<"env" | "terminal">,
  { registry, words, definition, ...globals }: {
    readonly registry: Registry;
    readonly words: readonly string[];
    readonly definition?: AnyCommand;
    readonly "no-color": boolean;
  },
): Promise<void> {
  const style = pageStyle(host, globals);
  if (definition !== undefined) host.terminal.out(commandHelp(definition, style));
  else if (words[0] === FLAGS_TOPIC) host.terminal.out(globalFlagsHelp(style));
  else host.terminal.out(await groupHelp({ registry, words }, style));
}
