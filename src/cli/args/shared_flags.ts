import { isRegion } from "../../aws/names/names.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { Flag } from "./flag.ts";
import type { Args } from "./command.ts";

/** The argument of every command that is about one identity. */
export const IDENTITY_ARGUMENT = {
  placeholder: "identity",
  summary: "Identity (default: the one selected with auth use, else the default or only one)",
  max: 1,
  complete: ["identity"],
} as const satisfies Args;

/** Variables that name the region of a cluster where nothing else does, the strongest first. */
export const REGION_VARIABLES = ["ATMOS_AWS_REGION", "AWS_REGION", "AWS_DEFAULT_REGION"] as const;

/**
 * Returns the first of {@link REGION_VARIABLES} that is set. AppError "usage" for the value of ours that is no region; who
 * uses AWS's own says so of these. Permission: env.
 */
export function regionVariable({ env }: Needs<"env">): { readonly name: string; readonly region: string } | undefined {
  const name = REGION_VARIABLES.find((one) => (env.get(one) ?? "") !== "");
  if (name === undefined) return undefined;
  const region = env.get(name)!;
  if (name !== "ATMOS_AWS_REGION" || isRegion(region)) return { name, region };
  throw new AppError("usage", `Cannot use ${name} ${JSON.stringify(region)}: it is not the name of an AWS region`, {
    hint: `Correct or remove ${name}. A region looks like us-east-2`,
  });
}

/** The flag of commands that look up a cluster. */
export const CLUSTER_REGION_FLAG = {
  kind: "string",
  placeholder: "region",
  complete: "region",
  summary: "AWS region of the cluster",
  env: REGION_VARIABLES,
} as const satisfies Flag;
