import { parseCommaList } from "../../formats/text/comma_list.ts";
import type { Needs } from "../../host/host.ts";
import { expandHome, resolve } from "../../store/paths.ts";
import type { ConfigGlobals } from "../project/config_input.ts";
import type { FlagValues } from "../args/flag.ts";
import { completeValues, type Value } from "../args/flag_values.ts";
import { GLOBAL_FLAGS } from "../args/global_flags.ts";
import type { FlagToken } from "../args/tokenize.ts";

const { config, chdir, "config-path": path, "config-profile": profile, "base-path": base } = GLOBAL_FLAGS;
const FLAGS = { config, chdir, "config-path": path, "config-profile": profile, "base-path": base };

/** What the line, or else the environment, says of where the configuration is. */
export interface LineFlags extends ConfigGlobals {
  /** Absolute. */
  readonly chdir: string | undefined;
  /** As typed, or that of ATMOS_IDENTITY. */
  readonly identity: string | undefined;
}

/** The shell has not yet made anything of `~` and `$HOME` where they stand in the line, so that is done here. */
export function lineFlags(
  host: Needs<"read" | "env">,
  { given, argument }: {
    readonly given: readonly FlagToken[];
    /** The command's argument, where that is an identity. */
    readonly argument?: string | undefined;
  },
): LineFlags {
  const typed: Record<string, Value> = {};
  for (const { name, flag, value } of given) {
    if (!Object.hasOwn(FLAGS, name) || value === undefined) continue;
    const text = expand(host, value);
    const before = typed[name];
    typed[name] = flag.kind === "string" && flag.repeat
      ? [...Array.isArray(before) ? before : [], ...parseCommaList(text)]
      : text;
  }
  const values = completeValues(host, { flags: FLAGS, typed }) as FlagValues<typeof FLAGS>;
  const identity = argument ?? given.findLast(({ name, value }) => name === "identity" && value)?.value ??
    host.env.get("ATMOS_IDENTITY");
  return { ...values, identity, chdir: values.chdir && resolve(host.read.cwd(), values.chdir) };
}

function expand(host: Needs<"env">, text: string): string {
  const home = expandHome(host, text) ?? text;
  return home.replace(/\$(?:\w+|\{\w+\})/g, (variable) => host.env.get(variable.replace(/\W/g, "")) ?? variable);
}

/** What completion may do to read a configuration; programs of `!exec` are refused: a key press must not start one. */
export type LookHost = Needs<"read" | "env" | "run" | "random" | "runtime" | "sys">;
