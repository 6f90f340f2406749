import { textAt } from "../../../config/values/look_up.ts";
import type { LoadedConfig } from "../../../config/load_config.ts";
import { isDirectoryThere } from "../../../config/files/file_checks.ts";
import type { Needs } from "../../../host/host.ts";
import { expandHome, join, resolve } from "../../../store/paths.ts";
import { componentNames } from "../../project/component_names.ts";

/** What a component's name is made of, slashes included. */
const COMPONENT = /^[\w./-]+$/;
const KINDS = ["terraform", "helmfile"];

export interface ComponentInput {
  readonly config: Pick<LoadedConfig, "root" | "basePath">;
  readonly name: string;
}

/** Whether a name is that of a component: of a directory of them, or of one in a stack's manifest. Permissions: read, env. */
export async function isComponentThere(
  host: Needs<"read" | "env">,
  { config, name }: ComponentInput,
): Promise<boolean> {
  if (!COMPONENT.test(name)) return false;
  const isDirectory = KINDS.some((kind) => {
    const said = textAt(config.root, ["components", kind, "base_path"]) ?? `components/${kind}`;
    return isDirectoryThere(host, join(resolve(config.basePath, expandHome(host, said) ?? said), name));
  });
  return isDirectory || (await componentNames(host, config)).includes(name);
}
