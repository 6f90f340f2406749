import type { Needs } from "../../host/host.ts";
import type { AnyCommand } from "./command.ts";
import type { Values } from "./flag_values.ts";
import { GLOBAL_FLAGS } from "./global_flags.ts";

/** Flags that say which configuration is read, and those that say how. */
const PINS = ["chdir", "config", "config-path"] as const;
const PINNED = [...PINS, "config-profile", "base-path"] as const;

/** Of the configuration that is read, and of no flag. */
const MORE = ["ATMOS_CLI_CONFIG_PATH", "ATMOS_GIT_ROOT_BASEPATH"];
const VARIABLES: ReadonlySet<string> = new Set([...PINNED.flatMap((name) => [...GLOBAL_FLAGS[name].env]), ...MORE]);

/**
 * Returns the environment of a plugin: where the flags that were written for it name a configuration, this is read as it
 * was then, whatever variables of the shell that starts the plugin say of others, or of profiles.
 */
export function hideOtherConfigurations<H extends Needs<"env">>(
  host: H,
  { definition, typed }: { readonly definition: AnyCommand; readonly typed: Values },
): H {
  if (definition.isPlugin !== true || PINS.every((name) => typed[name] === undefined)) return host;
  const { env } = host;
  const all = () => Object.fromEntries(Object.entries(env.all()).filter(([name]) => !VARIABLES.has(name)));
  return { ...host, env: { ...env, all, get: (name: string) => VARIABLES.has(name) ? undefined : env.get(name) } };
}
