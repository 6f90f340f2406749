import { loadConfig, type LoadedConfig } from "../../config/load_config.ts";
import type { Needs, Run } from "../../host/host.ts";
import type { ConfigGlobals } from "../project/load.ts";

/** What completion may do to look at a configuration. */
export type LookHost = Needs<"read" | "env" | "random" | "runtime" | "sys">;

/** `!exec` comes to nothing here: a press of a key must not start a program. */
const NOTHING_RUNS: Run = {
  capture: () => Promise.resolve({ status: 1, stdout: "", stderr: "" }),
  foreground: () => Promise.resolve(1),
  browse: () => Promise.resolve({ kind: "closed" }),
};

/** The configuration that these flags mean; files that are not trusted count too, since nothing in them can run. */
export async function quietConfig(host: LookHost, globals: ConfigGlobals): Promise<LoadedConfig> {
  const basePath = globals["base-path"];
  return await loadConfig({ ...host, run: NOTHING_RUNS }, {
    configFiles: globals.config,
    configDirectories: globals["config-path"],
    profiles: globals["config-profile"].map((name) => name.trim()),
    ...(basePath === undefined ? {} : { basePath }),
    trust: true,
  });
}
