import { compilePattern, globFiles } from "../../config/files/glob.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { StackSettings } from "../settings/stack_settings.ts";

export const MANIFEST = /\.ya?ml(?:\.tmpl)?$/;
/** Of manifests, in the order in which they are looked for. */
export const EXTENSIONS: readonly string[] = [".yaml", ".yml", ".yaml.tmpl", ".yml.tmpl"];

/**
 * The manifests of stacks: what `stacks.included_paths` mean, without those whose path fits one of `excluded_paths`, which
 * are taken as they are: `x/**` is everything below x. AppError "config-invalid" for a pattern that means far too much.
 * Permission: read.
 */
export function manifestFiles(host: Needs<"read">, settings: StackSettings): readonly string[] {
  const { directory, included, excluded } = settings;
  const found = included.flatMap((pattern) =>
    within(
      { settings, key: "included_paths", pattern },
      () => globFiles(host, { directory, pattern: withExtensions(pattern), followsLinks: true }),
    )
  );
  const left = excluded.map((pattern) =>
    within({ settings, key: "excluded_paths", pattern }, () => compilePattern({ directory, pattern }))
  );
  const isExcluded = (path: string) => left.some((fits) => fits(path));
  return [...new Set(found)].filter((path) => MANIFEST.test(path) && !isExcluded(path));
}

/** Does it; a pattern that means far too much becomes an AppError that says where it is looked for. */
function within<T>(
  { settings: { directory }, key, pattern }: {
    readonly settings: StackSettings;
    readonly key: string;
    readonly pattern: string;
  },
  act: () => T,
): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new AppError("config-invalid", `Cannot use stacks.${key} "${pattern}": ${error.message}`, {
      hint: `Correct it in atmos.yaml; it is looked for below ${directory}`,
    });
  }
}

/**
 * A pattern with the extensions of manifests, where it has none. So `x/**` is `x/**.yaml`, the manifests in x but not those
 * below, as the Go atmos reads it.
 */
export function withExtensions(pattern: string): string {
  return fileExtension(pattern) === "" ? `${pattern}{${EXTENSIONS.join(",")}}` : pattern;
}

/** What the last name of a path has from its last dot on; "" without one. */
export function fileExtension(path: string): string {
  return /\.[^./]*$/.exec(path)?.[0] ?? "";
}

/** `orgs/acme/dev` of the manifest `<directory>/orgs/acme/dev.yaml`. */
export function manifestName({ directory }: Pick<StackSettings, "directory">, path: string): string {
  const inside = path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : path;
  return inside.replace(MANIFEST, "");
}
