import { resolveLinks } from "../config/files/file_checks.ts";
import { AppError } from "../errors.ts";
import type { Needs } from "../host/host.ts";
import { isInside, resolve } from "../store/paths.ts";
import type { ComponentKey } from "./components/component_names.ts";
import type { StackSettings } from "./settings/stack_settings.ts";

/** Whether a word names a component by where its code lies: `.`, `./vpc`, `../vpc`, `/repo/components/terraform/vpc`. */
export function isPath(word: string): boolean {
  return /^(?:\.{1,2}$|\.{0,2}\/)/.test(word);
}

/**
 * The code that a path leads to, as `metadata.component` names it: `network/vpc` of `components/terraform/network/vpc`;
 * none where the path is in no directory of components. Permission: read.
 */
export function componentsAt(
  host: Needs<"read">,
  { path, settings }: { readonly path: string; readonly settings: Pick<StackSettings, "codeDirectories"> },
): readonly ComponentKey[] {
  const real = resolveLinks(host, resolve(host.read.cwd(), path));
  return [...settings.codeDirectories].flatMap(([kind, said]) => {
    const directory = resolveLinks(host, said);
    return isInside(directory, real) && real !== directory ? [{ kind, name: real.slice(directory.length + 1) }] : [];
  });
}

/** AppError "usage": a path that leads to no component. */
export function noComponentAt(path: string, { codeDirectories }: StackSettings): AppError {
  const where = ["terraform", "helmfile"].flatMap((kind) => codeDirectories.get(kind) ?? []).join(", ");
  return new AppError("usage", `Cannot find component "${path}": that path is not in a component directory`, {
    hint: `Specify a component, or the directory of its code, as below ${where}`,
  });
}
