import type { Row } from "./columns.ts";
import { GLOBAL_FLAGS } from "./global_flags.ts";
import { flagRows, page, section } from "./help.ts";
import { GROUPS, type Registry } from "../registry.ts";
import { nextWords } from "./route.ts";
import { helpLine } from "./usage_error.ts";

interface Group {
  readonly registry: Registry;
  /** None for the whole program. */
  readonly words: readonly string[];
}

/** The help of a group of commands: what is in it, with the summary of each. */
export async function groupHelp({ registry, words }: Group): Promise<string> {
  const inside = nextWords(Object.keys(registry), words);
  const rows = (await Promise.all(inside.map((word) => rowOf(registry, [...words, word])))).flat();
  const about = GROUPS[words.join(" ")] ?? "AWS logins and Kubernetes access, without the AWS CLI";
  return page([
    [`${about}.`],
    ["Usage:", `  ${["atmos", ...words].join(" ")} <command> [flags]`],
    section("Commands:", rows),
    section("Global flags:", flagRows(GLOBAL_FLAGS)),
    [`More about a command: ${helpLine([...words, "<command>"])}`],
  ]);
}

/** None for a hidden command. */
async function rowOf(registry: Registry, path: readonly string[]): Promise<readonly Row[]> {
  const name = path.join(" ");
  const definition = GROUPS[name] === undefined ? (await registry[name]?.())?.definition : undefined;
  return definition?.hidden ? [] : [{ left: path.at(-1)!, right: GROUPS[name] ?? definition?.summary ?? "" }];
}
