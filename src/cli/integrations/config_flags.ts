import type { LoadedConfig } from "../../config/load_config.ts";
import { findSources, type SourceHost } from "../../config/sources.ts";
import { expandHome, resolve } from "../../store/paths.ts";
import { configInput } from "../config_of.ts";
import type { Globals } from "../global_flags.ts";

export interface FlagsInput {
  readonly globals: Globals;
  readonly config: Pick<LoadedConfig, "profiles">;
}

/** The flags by which this program reads the same configuration from any directory. Permissions: read, env. */
export function configFlags(host: SourceHost, { globals, config }: FlagsInput): readonly string[] {
  const files = findSources(host, configInput(globals)).flatMap(({ file }) => file ?? []);
  const basePath = globals["base-path"];
  const absolute = basePath === undefined
    ? undefined
    : resolve(host.read.cwd(), expandHome(host, basePath) ?? basePath);
  return [
    ...files.map((file) => `--config=${file}`),
    ...config.profiles.map((name) => `--config-profile=${name}`),
    ...(absolute === undefined ? [] : [`--base-path=${absolute}`]),
  ];
}
