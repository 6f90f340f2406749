import type { AppError } from "../../errors.ts";
import { closest } from "../../formats/text/closest.ts";
import { didYouMean, usageError } from "../args/usage_error.ts";

const SCRIPTS: Readonly<Record<Shell, () => Promise<string>>> = {
  bash: async () => (await import("./bash_script.ts")).BASH_SCRIPT,
  zsh: async () => (await import("./zsh_script.ts")).ZSH_SCRIPT,
  fish: async () => (await import("./fish_script.ts")).FISH_SCRIPT,
  powershell: async () => (await import("./powershell_script.ts")).POWERSHELL_SCRIPT,
};

/**
 * The script that makes a shell ask `atmos complete` whenever it completes.
 * @throws AppError "usage" that names the shells.
 */
export async function completionScript(name: string | undefined): Promise<string> {
  const shell = SHELLS.find((one) => one === name?.toLowerCase());
  if (shell === undefined) throw noSuchShell(name);
  return await SCRIPTS[shell]();
}

function noSuchShell(name: string | undefined): AppError {
  const all = SHELLS.join(", ");
  if (name === undefined) {
    const hint = `Specify one: atmos completion ${SHELLS.join("|")}`;
    return usageError({ what: "shell", found: `no shell was given; available: ${all}`, hint });
  }
  const near = name.toLowerCase() === "pwsh" ? ["powershell"] : closest(name, SHELLS);
  const hint = didYouMean(near) ?? `Use one of: ${all}`;
  return usageError({ what: "shell", found: `"${name}" is not one of ${all}`, hint });
}

/** The shells that can complete. */
export const SHELLS = ["bash", "zsh", "fish", "powershell"] as const;

type Shell = typeof SHELLS[number];

/** A shell script as it is, backslashes too, but for `\${` and a backslash before a backtick: those lose it. */
export function scriptText({ raw }: TemplateStringsArray): string {
  return raw.join("").replace(/\\(?=\$\{|`)/g, "");
}
