import { globFiles } from "../../config/files/glob.ts";
import { hasWildcard } from "../../config/files/wildcard.ts";
import type { Needs } from "../../host/host.ts";
import { basename } from "../../store/paths.ts";
import type { StackSettings } from "../settings/stack_settings.ts";

export const MANIFEST = /\.ya?ml(?:\.tmpl)?$/;
export const EXTENSIONS: readonly string[] = [".yaml", ".yml", ".yaml.tmpl", ".yml.tmpl"];

/** The manifests of stacks: what `stacks.included_paths` mean without `excluded_paths`. Permission: read. */
export function manifestFiles(host: Needs<"read">, settings: StackSettings): readonly string[] {
  const left = new Set(matching(host, { settings, patterns: settings.excluded }));
  const found = matching(host, { settings, patterns: settings.included });
  return [...new Set(found)].filter((path) => MANIFEST.test(path) && !left.has(path));
}

interface Matching {
  readonly settings: StackSettings;
  readonly patterns: readonly string[];
}

function matching(host: Needs<"read">, { settings: { directory }, patterns }: Matching): readonly string[] {
  return patterns.flatMap((pattern) => globFiles(host, { directory, pattern: withExtensions(pattern) }));
}

/** A pattern may leave the extension out. */
export function withExtensions(pattern: string): string {
  if (hasWildcard(basename(pattern)) || MANIFEST.test(pattern)) return pattern;
  return `{${[pattern, ...EXTENSIONS.map((extension) => pattern + extension)].join(",")}}`;
}

/** `orgs/acme/dev` of the manifest `<directory>/orgs/acme/dev.yaml`. */
export function manifestName({ directory }: Pick<StackSettings, "directory">, path: string): string {
  const inside = path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : path;
  return inside.replace(MANIFEST, "");
}
