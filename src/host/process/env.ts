import type { Env } from "../host.ts";

/** The process environment. To `get`, an empty value counts as unset, as the AWS SDKs and kubectl treat theirs. */
export const env: Env = {
  get: (name) => Deno.env.get(name) || undefined,
  all: () => Deno.env.toObject(),
};
