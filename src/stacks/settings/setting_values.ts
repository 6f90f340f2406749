import { isEmpty } from "../../config/schema/plain_value.ts";
import { describeType, didYouMean, joinNames, showValue } from "../../config/schema/messages.ts";
import type { Located, LocatedMap, LocatedScalar } from "../../config/values/located.ts";
import { valueAt } from "../../config/values/look_up.ts";
import { AppError } from "../../errors.ts";
import type { Delimiters } from "../../formats/go_template/segments.ts";

type Names = readonly string[];

const LIST_STRATEGIES = ["replace", "append", "merge"] as const;
/** What a list does to the list that it is laid over. */
export type ListStrategy = typeof LIST_STRATEGIES[number];

/** Returns how lists are merged where settings say so. AppError "config-invalid" for a word that is no strategy. */
export function strategyIn(settings: Located | undefined): ListStrategy | undefined {
  const value = settings && getSaid(settings, ["list_merge_strategy"]);
  if (value === undefined) return undefined;
  const strategy = LIST_STRATEGIES.find((one) => value.kind === "scalar" && one === value.text);
  if (strategy !== undefined) return strategy;
  const near = value.kind === "scalar" ? didYouMean(value, LIST_STRATEGIES) : "";
  throw makeRefusal(value, {
    names: ["settings", "list_merge_strategy"],
    allowed: `${joinNames(LIST_STRATEGIES)}${near}`,
  });
}

/** Returns whether a setting is on. AppError "config-invalid" for anything but true and false. */
export function switchAt(root: LocatedMap, names: Names): boolean | undefined {
  const value = getSaid(root, names);
  const text = value?.kind === "scalar" ? value.text.toLowerCase() : "";
  if (value === undefined || text === "true" || text === "false") return value && text === "true";
  throw makeRefusal(value, { names, allowed: "true or false" });
}

/** Returns how often something is done, at least once. AppError "config-invalid" for what is no whole number. */
export function countAt(root: LocatedMap, names: Names): number | undefined {
  const value = getSaid(root, names);
  const count = value?.kind === "scalar" ? Number(value.text) : NaN;
  if (value === undefined || Number.isInteger(count)) return value && Math.max(count, 1);
  throw makeRefusal(value, { names, allowed: "a whole number" });
}

/** Returns the texts of a list, or the only one. AppError "config-invalid" for anything else. */
export function textsAt(root: LocatedMap, names: Names): readonly string[] | undefined {
  const value = getSaid(root, names);
  if (value === undefined) return undefined;
  const items = value.kind === "list" ? value.items : [value];
  const other = items.find((item) => item.kind !== "scalar");
  if (other !== undefined) throw makeRefusal(other, { names, allowed: "a list of texts" });
  return items.flatMap((item) => (item.kind === "scalar" && item.text !== "" ? [item.text] : []));
}

/** Returns what templates stand between. AppError "config-invalid" for anything but two texts. */
export function delimitersAt(root: LocatedMap, names: Names): Delimiters | undefined {
  const value = getSaid(root, names);
  const items = value?.kind === "list" ? value.items : [];
  const texts = items.map((item) => (item.kind === "scalar" ? item.text : ""));
  const [open, close] = texts;
  if (value === undefined || (texts.length === 2 && open && close)) return value && { open: open!, close: close! };
  throw makeRefusal(value, { names, allowed: "two texts, which templates stand between" });
}

/** Returns a section. AppError "config-invalid" for anything but a mapping. */
export function sectionAt(root: LocatedMap, names: Names): LocatedMap | undefined {
  const value = getSaid(root, names);
  if (value === undefined || value.kind === "map") return value;
  throw makeRefusal(value, { names, allowed: "a mapping" });
}

/** Returns what runs the components of each kind. */
export function commandsIn(root: LocatedMap): ReadonlyMap<string, LocatedScalar> {
  const kinds = [...sectionAt(root, ["components"])?.entries.keys() ?? []];
  return new Map(kinds.flatMap((kind) => {
    const command = getSaid(root, ["components", kind, "command"]);
    if (command !== undefined && command.kind !== "scalar") {
      throw makeRefusal(command, { names: ["components", kind, "command"], allowed: "a string" });
    }
    return command === undefined ? [] : [[kind, command] as const];
  }));
}

/** What is there, and neither nothing nor empty text. */
function getSaid(root: Located, names: Names): Located | undefined {
  const value = valueAt(root, names);
  const isNothing = value === undefined || isEmpty(value) || (value.kind === "scalar" && value.text === "");
  return isNothing ? undefined : value;
}

function makeRefusal(
  value: Located,
  { names, allowed }: { readonly names: Names; readonly allowed: string },
): AppError {
  const found = value.kind === "scalar" ? showValue(value) : describeType(value);
  const message = `Cannot use ${names.join(".")}: found ${found}: must be ${allowed}`;
  return new AppError("config-invalid", message, { place: value.place });
}
