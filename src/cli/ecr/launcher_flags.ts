import type { Needs } from "../../host/host.ts";
import type { LoadedConfig } from "../../config/load_config.ts";
import { resolve } from "../../store/paths.ts";
import type { ConfigGlobals } from "../config_of.ts";

interface Found {
  readonly globals: ConfigGlobals;
  readonly config: LoadedConfig;
}

/** The flags by which this program finds the same atmos.yaml again, from any directory. Permission: read. */
export function launcherFlags(host: Needs<"read">, { globals, config }: Found): readonly string[] {
  const absolute = (path: string) => resolve(host.read.cwd(), path);
  const base = globals["base-path"];
  const named = [
    ...globals.config.flatMap((path) => ["--config", absolute(path)]),
    ...globals["config-path"].flatMap((path) => ["--config-path", absolute(path)]),
  ];
  // One that was found by looking is found again from where it lies.
  const found = named.length > 0 || config.files.length === 0 ? [] : ["--chdir", config.directory];
  return [
    ...found,
    ...named,
    ...globals["config-profile"].flatMap((profile) => ["--config-profile", profile]),
    ...(base === undefined ? [] : ["--base-path", absolute(base)]),
  ];
}
