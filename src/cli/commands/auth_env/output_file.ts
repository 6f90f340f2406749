import { AppError } from "../../../errors.ts";
import { encodeUtf8 } from "../../../formats/text/utf8.ts";
import type { Needs } from "../../../host/host.ts";
import { isFileError } from "../../../host/files/file_error.ts";
import { explainFileError, remedyFor } from "../../../store/explain_file_error.ts";
import { expandHome, resolve } from "../../../store/paths.ts";
import { refuseShared } from "../../../store/links/resolve_target.ts";
import { type StoreHost, update } from "../../../store/replace.ts";
import type { FormatName } from "./command.ts";

const LINE_FEED = 10;

/** The file to write to, absolute; undefined for stdout. AppError "usage" for the format github outside of GitHub. */
export function outputFile(
  host: Needs<"env" | "read">,
  flags: { readonly "format": FormatName; readonly "output-file": string | undefined },
): string | undefined {
  const said = flags["output-file"] ?? (flags.format === "github" ? host.env.get("GITHUB_ENV") : undefined);
  if (said !== undefined) return resolve(host.read.cwd(), expandHome(host, said) ?? said);
  if (flags.format !== "github") return undefined;
  throw new AppError("usage", "Cannot write the format github: GITHUB_ENV names no file", {
    hint: "Specify one: --output-file FILE",
  });
}

/** Adds to the end of a file, as GitHub's runner wants it; a new one is readable by its owner alone. */
export async function appendOutput(host: StoreHost, { path, text }: { path: string; text: string }): Promise<void> {
  const edit = (old: Uint8Array | undefined) => append(old ?? new Uint8Array(), text);
  try {
    refuseOthers(host, path);
    await update(host, { path, edit, leavesNothing: true });
  } catch (error) {
    if (!isFileError(error)) throw error;
    throw new AppError("usage", `Cannot write "${path}": ${explainFileError(error, path)}`, {
      hint: remedyFor(error, "Use another file: --output-file FILE"),
      cause: error,
    });
  }
}

/** Its owner could read what is added, and has written what is there; the runner's own file is the job's. */
function refuseOthers(host: StoreHost, path: string): void {
  const found = host.read.stat(path);
  if (found !== undefined && !isRunnersFile(host, path) && found.uid !== host.sys.uid()) {
    refuseShared(host, { path, found });
  }
}

/** Whether a file is the one whose variables GitHub's runner gives to later steps, and prints. Permission: env. */
export function isRunnersFile({ env }: Needs<"env">, path: string | undefined): boolean {
  return path !== undefined && path === env.get("GITHUB_ENV");
}

function append(old: Uint8Array, text: string): Uint8Array {
  const unended = old.length > 0 && old.at(-1) !== LINE_FEED;
  const added = encodeUtf8(unended ? `\n${text}` : text);
  const bytes = new Uint8Array(old.length + added.length);
  bytes.set(old);
  bytes.set(added, old.length);
  return bytes;
}
