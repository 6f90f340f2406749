import { formatCommaItem } from "../../formats/text/comma_list.ts";
import { argumentWords, flagPairs } from "../../formats/text/command_words.ts";
import { isFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { type CommandPart, nameCommand } from "../../remedy.ts";

interface ComponentName {
  readonly name: string;
  /** undefined: the only one that has it. */
  readonly stack?: string | undefined;
}

/**
 * The command that looks at the same configuration, to be typed in the same shell: what flags or their variables named,
 * and the directory, if this program was told to work in another one. Permissions: read, env.
 */
export function trustCommand(
  host: Needs<"read" | "env">,
  named: {
    readonly configFiles: readonly string[];
    readonly configDirectories: readonly string[];
    readonly profiles: readonly string[];
    readonly basePath?: string;
    /** A component whose stack says more. */
    readonly component?: ComponentName | undefined;
  },
): CommandPart {
  const cwd = host.read.cwd();
  const elsewhere = isElsewhere(host, cwd) ? ["-C", cwd] : [];
  // Seen from the directory after -C, so a relative path stays what it was.
  const flag = (name: string) => (value: string) => [name, formatCommaItem(value)];
  const words = [
    ...elsewhere,
    ...named.configFiles.flatMap(flag("--config")),
    ...named.configDirectories.flatMap(flag("--config-path")),
    ...named.profiles.flatMap(flag("--config-profile")),
    ...(named.basePath === undefined ? [] : ["--base-path", named.basePath]),
  ];
  return nameCommand("auth", "trust", ...flagPairs(words), ...componentWords(named.component));
}

function componentWords(component: ComponentName | undefined): readonly string[] {
  if (component === undefined) return [];
  const { name, stack } = component;
  return argumentWords(name, stack === undefined ? [] : flagPairs(["--stack", stack]));
}

/** PWD is where the shell is; where no one tells, it is here. */
function isElsewhere(host: Needs<"read" | "env">, cwd: string): boolean {
  const shell = host.env.get("PWD");
  if (shell === undefined) return false;
  try {
    return host.read.realPath(shell) !== host.read.realPath(cwd);
  } catch (error) {
    if (isFileError(error)) return false;
    throw error;
  }
}
