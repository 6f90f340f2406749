import type { Needs, Run } from "../../host/host.ts";
import { expandHome, resolve } from "../../store/paths.ts";
import type { ConfigGlobals } from "../project/load.ts";
import type { FlagValues } from "../args/flag.ts";
import { completeValues, type Value } from "../args/flag_values.ts";
import { GLOBAL_FLAGS } from "../args/global_flags.ts";
import type { FlagToken } from "../args/tokenize.ts";
import { loadConfig, type LoadedConfig } from "../../config/load_config.ts";

const { config, chdir, "config-path": path, "config-profile": profile, "base-path": base } = GLOBAL_FLAGS;
const FLAGS = { config, chdir, "config-path": path, "config-profile": profile, "base-path": base };

/** What the line, or else the environment, says of where the configuration is. */
export interface LineFlags extends ConfigGlobals {
  /** Absolute. */
  readonly chdir: string | undefined;
}

/** The shell has not yet made anything of `~` and `$HOME` where they stand in the line, so that is done here. */
export function lineFlags(host: Needs<"read" | "env">, given: readonly FlagToken[]): LineFlags {
  const typed: Record<string, Value> = {};
  for (const { name, flag, value } of given) {
    if (!Object.hasOwn(FLAGS, name) || value === undefined) continue;
    const text = expanded(host, value);
    const before = typed[name];
    typed[name] = flag.kind === "string" && flag.repeat
      ? [...Array.isArray(before) ? before : [], ...text.split(",").filter(Boolean)]
      : text;
  }
  const values = completeValues(host, { flags: FLAGS, typed }) as FlagValues<typeof FLAGS>;
  return { ...values, chdir: values.chdir && resolve(host.read.cwd(), values.chdir) };
}

function expanded(host: Needs<"env">, text: string): string {
  const home = expandHome(host, text) ?? text;
  return home.replace(/\$(?:\w+|\{\w+\})/g, (variable) => host.env.get(variable.replace(/\W/g, "")) ?? variable);
}

/** What completion may do to look at a configuration. */
export type LookHost = Needs<"read" | "env" | "random" | "runtime" | "sys">;

/** `!exec` comes to nothing here: a press of a key must not start a program. */
const NOTHING_RUNS: Run = {
  capture: () => Promise.resolve({ status: 1, stdout: "", stderr: "" }),
  foreground: () => Promise.resolve(1),
  browse: () => Promise.resolve({ kind: "closed" }),
};

/** The configuration that these flags mean; files that are not trusted count too, since nothing in them can run. */
export async function quietConfig(host: LookHost, globals: ConfigGlobals): Promise<LoadedConfig> {
  const basePath = globals["base-path"];
  return await loadConfig({ ...host, run: NOTHING_RUNS }, {
    configFiles: globals.config,
    configDirectories: globals["config-path"],
    profiles: globals["config-profile"].map((name) => name.trim()),
    ...(basePath === undefined ? {} : { basePath }),
    trust: true,
  });
}
