import type { Needs } from "../../host/host.ts";
import { choose } from "./choice.ts";
import type { Flag, Flags } from "./flag.ts";
import { truth } from "./truth.ts";

/** A flag's value; which one it has follows from its definition. */
export type Value = string | boolean | readonly string[] | undefined;
export type Values = Readonly<Record<string, Value>>;

interface Partly {
  readonly flags: Flags;
  /** Flags that were not typed are undefined. */
  readonly typed: Values;
}

/**
 * Completes what was typed with the environment and with the values that absent flags have.
 * @throws AppError "usage" for a variable whose value the flag cannot take.
 */
export function completeValues(host: Needs<"env">, { flags, typed }: Partly): Values {
  const complete = ([name, flag]: [string, Flag]) => [name, typed[name] ?? fromEnv(host, flag) ?? absent(flag)];
  return Object.fromEntries(Object.entries(flags).map(complete));
}

function fromEnv(host: Needs<"env">, flag: Flag): Value {
  for (const where of flag.env ?? []) {
    const value = host.env.get(where);
    if (value !== undefined) return readValue(flag, { where, value });
  }
  return undefined;
}

/**
 * One value of a flag, checked; of a repeatable flag the list that it holds.
 * @throws AppError "usage"
 */
export function readValue(flag: Flag, said: { readonly where: string; readonly value: string }): Value {
  if (flag.kind === "choice") return choose(flag, said);
  if (flag.kind === "switch") return truth(said);
  return flag.repeat ? said.value.split(",").filter((one) => one !== "") : said.value;
}

function absent(flag: Flag): Value {
  if (flag.kind === "switch") return false;
  return flag.kind === "string" && flag.repeat ? [] : flag.default;
}
