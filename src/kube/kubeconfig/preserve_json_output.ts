import { type Entry, entryOf } from "./entry.ts";
import { JSON_OUTPUT } from "../exec/exec_plugin.ts";
import { type ExecTarget, targetOf } from "../exec/exec_target.ts";

/** The entry with `--output json` where its user's plugin says so now: without it, kubectl might read no token. */
export function withKeptOutput(old: ExecTarget | undefined, entry: Entry): Entry {
  const own = targetOf(entry.facts.exec);
  if (old?.plugin !== "aws" || own.plugin !== "aws" || old.output !== "json" || own.output !== undefined) return entry;
  const exec = { ...entry.facts.exec, args: [...entry.facts.exec.args, ...JSON_OUTPUT] };
  return entryOf({ ...entry.facts, exec }, entry.user.name);
}
