import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { Globals } from "../args/global_flags.ts";

/** AppError "config-not-found" when `--config` or `--config-path` names what is not there, for commands that read neither. */
export function checkNamedConfig(host: Needs<"read">, globals: Pick<Globals, "config" | "config-path">): void {
  const missing = globals.config.find((path) => host.read.stat(path)?.isFile !== true) ??
    globals["config-path"].find((path) => host.read.stat(path)?.isDirectory !== true);
  if (missing === undefined) return;
  throw new AppError("config-not-found", `Cannot read configuration "${missing}": it does not exist`, {
    hint: "Correct or remove --config and --config-path (ATMOS_CONFIG, ATMOS_CONFIG_PATH)",
  });
}
