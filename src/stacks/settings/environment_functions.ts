import { recordVariable } from "../../config/values/fetched.ts";
import { type FunctionTable, takes } from "../../formats/go_template/functions/arguments.ts";
import type { Needs } from "../../host/host.ts";
import { noteReach } from "./reach.ts";

/** Returns the functions of templates that look at the environment. https://masterminds.github.io/sprig/os.html */
export function environmentFunctions({ env }: Needs<"env">): FunctionTable {
  const read = (name: unknown) => {
    noteReach(undefined);
    return recordVariable(String(name), env.get(String(name)) ?? "");
  };
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
