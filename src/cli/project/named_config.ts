import { AppError } from "../../errors.ts";
import { isFileError } from "../../host/files/file_error.ts";
import type { FileStat, Needs } from "../../host/host.ts";
import { explainFileError } from "../../store/explain_file_error.ts";
import type { Globals } from "../args/global_flags.ts";

/**
 * AppError "config-not-found" when `--config` or `--config-path` names what is not there, or may not be looked at, for
 * commands that read neither.
 */
export function checkNamedConfig(host: Needs<"read">, globals: Pick<Globals, "config" | "config-path">): void {
  for (const path of globals.config) if (statNamed(host, path)?.isFile !== true) throw unreadable(path);
  for (const path of globals["config-path"]) if (statNamed(host, path)?.isDirectory !== true) throw unreadable(path);
}

function statNamed(host: Needs<"read">, path: string): FileStat | undefined {
  try {
    return host.read.stat(path);
  } catch (error) {
    throw isFileError(error) ? unreadable(path, explainFileError(error, path)) : error;
  }
}

function unreadable(path: string, found = "it does not exist"): AppError {
  return new AppError("config-not-found", `Cannot read configuration "${path}": ${found}`, {
    hint: "Correct or remove --config and --config-path (ATMOS_CONFIG, ATMOS_CONFIG_PATH)",
  });
}
