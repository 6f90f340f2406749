import { formatCommaItem } from "../../formats/text/comma_list.ts";
import type { LoadedConfig } from "../../config/load_config.ts";
import { loginSources } from "../../config/login_sources.ts";
import { profileDirectory } from "../../config/profiles.ts";
import { findSources, type Source, type SourceHost } from "../../config/sources.ts";
import { expandHome, isInside, resolve } from "../../store/paths.ts";
import { type ConfigGlobals, configInput } from "../project/config_input.ts";

type LoadedFiles = Pick<LoadedConfig, "profiles" | "root" | "files" | "directory" | "ownFiles">;

/**
 * Returns the flags by which this program reads the configuration of the same logins from any directory. Permissions:
 * read, env, sys.
 */
export function configFlags(
  host: SourceHost,
  { globals, config }: { readonly globals: ConfigGlobals; readonly config: LoadedFiles },
): readonly string[] {
  const found = findSources(host, configInput(globals));
  const sources = loginSources(host, { sources: found, ...config });
  const basePath = globals["base-path"];
  const absolute = basePath === undefined
    ? undefined
    : resolve(host.read.cwd(), expandHome(host, basePath) ?? basePath);
  const profiles = sources.length === found.length ? config.profiles : listOwnProfiles(host, config);
  return [
    ...listFiles(sources, config),
    ...profiles.map((name) => `--config-profile=${formatCommaItem(name)}`),
    ...(absolute === undefined ? [] : [`--base-path=${absolute}`]),
  ];
}

/** An atmos.d without an atmos.yaml can't be named, but it is found again from where it lies. */
function listFiles(sources: readonly Source[], { files }: LoadedFiles): readonly string[] {
  const alone = sources.findLast(({ file }) => file === undefined);
  const isRead = alone?.beside.some((directory) => files.some((file) => isInside(directory, file)));
  if (alone !== undefined && isRead) return [`--chdir=${alone.directory}`];
  return sources.flatMap(({ file }) => file === undefined ? [] : [`--config=${formatCommaItem(file)}`]);
}

/** Those of a working tree are not found from the user's own files, and say nothing of logins. */
function listOwnProfiles(host: SourceHost, from: LoadedFiles): readonly string[] {
  return from.profiles.filter((name) => from.ownFiles.has(profileDirectory(host, { profile: { name }, from })));
}
