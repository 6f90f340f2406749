import * as v from "valibot";
import { isRegion } from "../../aws/names/names.ts";
import { dottedPath } from "../../formats/text/dotted_path.ts";
import { isEmpty } from "../../config/schema/plain_value.ts";
import { type Power, powersIn } from "../../config/schema/powers.ts";
import { ordinary, power } from "../../config/schema/trust_class.ts";
import { isPrivate } from "../../config/values/fetched.ts";
import type { Located, LocatedEntry, LocatedMap, Problem } from "../../config/values/located.ts";

/** A variable that a configuration gives to programs. */
export const GLOBAL_VARIABLE = power(v.any(), {
  reason: "sets a variable for programs and shells",
  unless: { is: "AWS_REGION or AWS_DEFAULT_REGION with a region", holds: () => false },
});
const REGION = ordinary(v.any());

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** What no configuration may say of itself. */
const NEVER: readonly string[] = ["ATMOS_TRUST"];

/** Returns the variables of the top-level `env:` for programs that are started as an identity. */
export function globalVariables(root: LocatedMap): Readonly<Record<string, string>> {
  return Object.fromEntries(
    usable(root).flatMap(([name, { value }]) => value.kind === "scalar" ? [[name, value.text]] : []),
  );
}

/** Returns the powers among {@link globalVariables}; which file says one is for others to judge. */
export function globalVariablePowers(root: LocatedMap): readonly Power[] {
  return usable(root).flatMap(([name, { key, value, fetched }]) => {
    const isOrdinary = setsRegion(name, value) && fetched === undefined;
    const powers = powersIn(isOrdinary ? REGION : GLOBAL_VARIABLE, { located: value, key, path: ["env", name] });
    return name === "KUBECONFIG" ? powers.map((power) => ({ ...power, contents: listContents(value) })) : powers;
  });
}

/** What is in the kubeconfigs that a value lists. */
function listContents(value: Located): NonNullable<Power["contents"]> {
  return async (host) => {
    if (value.kind !== "scalar") return [];
    const { kubeconfigsContents } = await import("../files/kubeconfig_contents.ts");
    return kubeconfigsContents(host, { list: value.text, by: value.place.file });
  };
}

/** Entries of the top-level `env:` that set no variable. */
export function globalVariableProblems(root: LocatedMap): readonly Problem[] {
  return listEntries(root).flatMap(([name, { key, value, fetched }]): readonly Problem[] => {
    if (isPrivate(fetched)) return [];
    const path = dottedPath(["env", name]);
    if (value.kind !== "scalar") {
      return [{
        severity: "error",
        place: key,
        path,
        message: `found a ${value.kind === "map" ? "mapping" : "list"}: must be a string`,
      }];
    }
    if (VARIABLE.test(name)) return [];
    return [{ severity: "error", place: key, path, message: "the key must be the name of an environment variable" }];
  });
}

function listEntries(root: LocatedMap): readonly (readonly [string, LocatedEntry])[] {
  const env = root.entries.get("env")?.value;
  return env?.kind === "map" ? [...env.entries] : [];
}

function usable(root: LocatedMap): readonly (readonly [string, LocatedEntry])[] {
  return listEntries(root).filter(([name, { value }]) =>
    VARIABLE.test(name) && !NEVER.includes(name) && value.kind === "scalar" && !isEmpty(value)
  );
}

function setsRegion(name: string, value: LocatedEntry["value"]): boolean {
  return /^AWS_(?:DEFAULT_)?REGION$/.test(name) && value.kind === "scalar" && isRegion(value.text);
}
