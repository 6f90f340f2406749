import { isOpenVariable, recordPrivate, recordVariable } from "../../config/values/fetched.ts";
import type { LocatedMap } from "../../config/values/located.ts";
import { type FunctionTable, takes } from "../../formats/go_template/functions/arguments.ts";
import type { Needs } from "../../host/host.ts";
import { noteReach } from "./reach.ts";

/**
 * Returns the functions of templates that look at the environment; what atmos.yaml has for it goes first.
 * https://masterminds.github.io/sprig/os.html
 */
export function environmentFunctions({ env }: Needs<"env">, own: LocatedMap | undefined): FunctionTable {
  const read = (name: unknown) => findOwnVariable(own, String(name)) ?? variable(env, String(name));
  const getenv = (name: unknown, fallback: unknown = "") => read(name) || fallback;
  return {
    env: takes(1, read),
    getenv: takes([1, 2], getenv),
    "env.Getenv": takes([1, 2], getenv),
    expandenv: takes(
      1,
      (text) => String(text).replace(/\$(?:\{(\w+)\}|(\w+))/g, (...[, braced, bare]) => read(braced ?? bare)),
    ),
  };
}

function variable(env: Needs<"env">["env"], name: string): string {
  noteReach(isOpenVariable(name) ? "open" : undefined);
  return recordVariable(name, env.get(name) ?? "");
}

/** `templates.settings.env`: the tree's own, unless it comes from elsewhere. */
function findOwnVariable(own: LocatedMap | undefined, name: string): string | undefined {
  const value = own?.entries.get(name)?.value;
  if (value?.kind !== "scalar") return undefined;
  const { text, fetched } = value;
  recordPrivate(text, fetched);
  if (fetched?.isBeyond === true) noteReach(fetched);
  return text;
}
