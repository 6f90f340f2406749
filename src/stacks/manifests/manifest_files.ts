import { globFiles, isAllBelow } from "../../config/files/glob.ts";
import type { Needs } from "../../host/host.ts";
import type { StackSettings } from "../settings/stack_settings.ts";

export const MANIFEST = /\.ya?ml(?:\.tmpl)?$/;
export const EXTENSIONS: readonly string[] = [".yaml", ".yml", ".yaml.tmpl", ".yml.tmpl"];

/** The manifests of stacks: what `stacks.included_paths` mean without `excluded_paths`. Permission: read. */
export function manifestFiles(host: Needs<"read">, settings: StackSettings): readonly string[] {
  const left = new Set(matching(host, { settings, patterns: settings.excluded.map(excludedPattern) }));
  const found = matching(host, { settings, patterns: settings.included.map(withExtensions) });
  return [...new Set(found)].filter((path) => MANIFEST.test(path) && !left.has(path));
}

function matching(
  host: Needs<"read">,
  { settings: { directory }, patterns }: { readonly settings: StackSettings; readonly patterns: readonly string[] },
): readonly string[] {
  return patterns.flatMap((pattern) => globFiles(host, { directory, pattern }));
}

/**
 * The pattern with the extensions of manifests, which it may leave out. So `x/**` is `x/**.yaml`, the manifests in x but
 * not those below, as the Go atmos reads it.
 */
export function withExtensions(pattern: string): string {
  if (isAllBelow(pattern)) return `${pattern}{${EXTENSIONS.join(",")}}`;
  if (MANIFEST.test(pattern) || pattern.endsWith("*")) return pattern;
  return `{${[pattern, ...EXTENSIONS.map((extension) => pattern + extension)].join(",")}}`;
}

/** Excluded is all that fits the pattern as it is: `x/**` at any depth. */
function excludedPattern(pattern: string): string {
  return isAllBelow(pattern) ? pattern : withExtensions(pattern);
}

/** `orgs/acme/dev` of the manifest `<directory>/orgs/acme/dev.yaml`. */
export function manifestName({ directory }: Pick<StackSettings, "directory">, path: string): string {
  const inside = path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : path;
  return inside.replace(MANIFEST, "");
}
