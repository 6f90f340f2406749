import type { Sys } from "../../../host/host.ts";
import { quotePosix } from "../../../formats/text/shell_posix.ts";
import { usageError } from "../../args/usage_error.ts";

const MARK = "Written by: atmos aws ecr configure";

export interface LauncherInput {
  readonly os: Sys["os"];
  /** How this program is started. */
  readonly self: ReturnType<Sys["self"]>;
  /** Flags that find atmos.yaml again. */
  readonly flags: readonly string[];
  /** undefined: the one that atmos.yaml says for the registry. */
  readonly identity: string | undefined;
}

/**
 * A script: docker finds programs, not commands with words; on Windows one that ends in .cmd, by PATHEXT. AppError
 * "usage" for words that such a file cannot have.
 */
export function launcherText(input: LauncherInput): string {
  const { self, flags, identity } = input;
  const as = identity === undefined ? [] : ["--identity", identity];
  const words = [self.command, ...self.args, ...flags, ...as, "docker-credential"];
  return input.os === "windows"
    ? batch(words, { forgets: identity !== undefined })
    : script(words, { forgets: identity !== undefined });
}

/** The file name of the program that docker starts for a helper. */
export function launcherName(os: Sys["os"], helper: string): string {
  return `docker-credential-${helper}${os === "windows" ? ".cmd" : ""}`;
}

/** Whether a text, or its beginning, is that of such a script. */
export function isLauncherText(text: string): boolean {
  return text.split(/\r?\n/).some((line) => line === `# ${MARK}` || line === `@rem ${MARK}`);
}

interface Also {
  /** Whether ATMOS_IDENTITY has no say. */
  readonly forgets: boolean;
}

function script(words: readonly string[], { forgets }: Also): string {
  const unset = forgets ? "unset ATMOS_IDENTITY\n" : "";
  return `#!/bin/sh\n# ${MARK}\n${unset}exec ${words.map(quotePosix).join(" ")} "$@"\n`;
}

function batch(words: readonly string[], { forgets }: Also): string {
  const unset = forgets ? '@set "ATMOS_IDENTITY="\r\n' : "";
  return `@rem ${MARK}\r\n${unset}@${words.map(quoteBatch).join(" ")} %*\r\n`;
}

/** cmd.exe reads letters beyond ASCII as the console's code page has them, which changes. */
function quoteBatch(word: string): string {
  if (/[^ -~]|"/.test(word)) throw unwritable(word);
  return `"${word.replaceAll("%", "%%").replace(/\\+$/, "$&$&")}"`;
}

function unwritable(word: string) {
  const found = `the program that docker is to start is a .cmd file, which cannot say ${JSON.stringify(word)}`;
  return usageError({ what: "aws ecr configure", found, hint: "Log in instead: atmos aws ecr login" });
}
