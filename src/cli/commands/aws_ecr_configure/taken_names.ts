import { listHelpers } from "../../../docker/login_record.ts";
import { loadDockerConfig } from "../../../docker/save.ts";
import type { Needs } from "../../../host/host.ts";

interface FindTakenInput {
  /** Docker's config.json. */
  readonly path: string;
  /** Where the configuration lies that the programs are to be of. */
  readonly location: string | undefined;
  /** Registries that get another program now. */
  readonly registries: readonly string[];
}

/**
 * Returns whether docker asks a program of that name for what is not this configuration's, be the program there or not:
 * one that was put there would answer for it. Permissions: env, read.
 */
export function takenNames(
  host: Needs<"env" | "read" | "sys">,
  { path, location, registries }: FindTakenInput,
): (helper: string) => boolean {
  const config = loadDockerConfig(host, path);
  const recorded = listHelpers(host);
  const isOwn = (registry: string) =>
    recorded.some((one) => one.file === path && one.registry === registry && one.configLocation === location);
  return (helper) => {
    const isOthers = (one: typeof recorded[number]) =>
      one.configLocation !== location && !(one.file === path && registries.includes(one.registry));
    if (recorded.some((one) => one.helper === helper && isOthers(one))) return true;
    // The store of all registries that have no helper.
    if (config.storeOf("")?.helper === helper) return true;
    const asked = config.registriesOf((name) => name === helper);
    return asked.some((registry) => !registries.includes(registry) && !isOwn(registry));
  };
}
