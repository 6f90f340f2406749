import type { ConfigInput } from "../../config/load_config.ts";
import type { Globals } from "../args/global_flags.ts";

/** The global flags that say which configuration is meant. */
export type ConfigGlobals = Pick<Globals, "base-path" | "config" | "config-path" | "config-profile">;

/** What loadConfig takes, as the global flags (and their variables) say. */
export function configInput(globals: ConfigGlobals): ConfigInput {
  const basePath = globals["base-path"];
  return {
    configFiles: globals.config,
    configDirectories: globals["config-path"],
    profiles: globals["config-profile"].map((name) => name.trim()).filter((name) => name !== ""),
    ...(basePath === undefined ? {} : { basePath }),
  };
}
