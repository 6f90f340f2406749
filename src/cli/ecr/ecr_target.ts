import type { Target } from "../../auth/login/obtain.ts";
import type { EcrRegistry } from "../../aws/ecr/ecr_registry.ts";
import type { AppError } from "../../errors.ts";

/** A registry, and as whom docker is to pull from it. */
export interface EcrTarget {
  readonly registry: EcrRegistry;
  readonly host: string;
  /** As written in atmos.yaml; undefined for a registry that was named itself. */
  readonly integration: string | undefined;
  /** undefined: as whoever the environment and ~/.aws say. */
  readonly as: Target | undefined;
}

/** An integration of which nothing says as whom docker is to pull, or two things. */
export interface Undecided extends Omit<EcrTarget, "registry"> {
  readonly error: AppError;
}

/** All that a command line is about. */
export interface EcrTargets {
  /** Each host once. */
  readonly targets: readonly EcrTarget[];
  readonly undecided: readonly Undecided[];
}
