import { type TrustedFile, trustedFiles } from "../../../config/trust/trust_list.ts";
import type { Needs } from "../../../host/host.ts";
import { jsonText } from "../../output/json_text.ts";
import { printable } from "../../output/printable.ts";

const REMARKS: Readonly<Record<TrustedFile["state"], string>> = {
  "as trusted": "",
  "changed": "  (changed since you trusted it)",
  "gone": "  (no longer there)",
};

/** `--list`: the files that are trusted by name, a line each. */
export async function listTrusted(
  host: Needs<"read" | "env" | "sys" | "terminal">,
  { output }: { readonly output: "text" | "json" },
): Promise<number> {
  const files = await trustedFiles(host);
  if (output === "json") host.terminal.out(jsonText(files));
  else for (const { path, state } of files) host.terminal.out(`${printable(path)}${REMARKS[state]}\n`);
  if (output === "text" && files.length === 0) host.terminal.err("No file is trusted by its name.\n");
  return 0;
}
