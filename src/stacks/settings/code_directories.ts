import type { LoadedConfig } from "../../config/load_config.ts";
import { textAt } from "../../config/values/look_up.ts";
import type { Needs } from "../../host/host.ts";
import { expandHome, resolve } from "../../store/paths.ts";
import { type ComponentKind, KNOWN_KINDS } from "./kinds.ts";
import { sectionAt } from "./setting_values.ts";

type Config = Pick<LoadedConfig, "root" | "basePath">;

/** Returns where the code of components is, by their kind: of the known kinds, and of those that atmos.yaml has. */
export function codeDirectories(host: Needs<"env">, config: Config): ReadonlyMap<ComponentKind, string> {
  const kinds = new Set([...KNOWN_KINDS, ...sectionAt(config.root, ["components"])?.entries.keys() ?? []]);
  return new Map([...kinds].map((kind) => [kind, codeDirectory(host, { config, kind })]));
}

/** Returns where the code of components of a kind is. */
export function codeDirectory(
  host: Needs<"env">,
  { config, kind }: { readonly config: Config; readonly kind: ComponentKind },
): string {
  const said = textAt(config.root, ["components", kind, "base_path"]) || `components/${kind}`;
  return resolve(config.basePath, expandHome(host, said) ?? said);
}
