import { type FunctionTable, takes } from "../../formats/go_template/functions/template_function.ts";
import type { Needs } from "../../host/host.ts";

/** The functions of templates that look at the environment. https://masterminds.github.io/sprig/os.html */
export function environmentFunctions({ env }: Needs<"env">): FunctionTable {
  const read = (name: unknown) => env.get(String(name)) ?? "";
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
