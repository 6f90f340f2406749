import { type EcrFound, ecrRunner } from "./ecr_runner.ts";
import type { Runner } from "../contract/runner.ts";

export const runner: Runner<"aws/ecr-public", EcrFound> = ecrRunner;
