import type { LoadedConfig } from "../../config/load_config.ts";
import { findSources, type Source, type SourceHost } from "../../config/sources.ts";
import { expandHome, resolve } from "../../store/paths.ts";
import { type ConfigGlobals, configInput } from "../project/config_input.ts";

/** The flags by which this program reads the same configuration from any directory. Permissions: read, env. */
export function configFlags(
  host: SourceHost,
  { globals, config }: { readonly globals: ConfigGlobals; readonly config: Pick<LoadedConfig, "profiles"> },
): readonly string[] {
  const sources = findSources(host, configInput(globals));
  const basePath = globals["base-path"];
  const absolute = basePath === undefined
    ? undefined
    : resolve(host.read.cwd(), expandHome(host, basePath) ?? basePath);
  return [
    ...filesOf(sources),
    ...config.profiles.map((name) => `--config-profile=${name}`),
    ...(absolute === undefined ? [] : [`--base-path=${absolute}`]),
  ];
}

/** An atmos.d without an atmos.yaml can't be named, but it is found again from where it lies. */
function filesOf(sources: readonly Source[]): readonly string[] {
  const alone = sources.findLast(({ file }) => file === undefined);
  return alone === undefined ? sources.map(({ file }) => `--config=${file}`) : [`--chdir=${alone.directory}`];
}
