import type { ErrorCode } from "../../errors.ts";

/** What was going on when a call failed. */
export interface FailureContext {
  /** Completes "Cannot …": `describe EKS cluster "dev"`. */
  readonly doing: string;
  /** The IAM action, e.g. "eks:DescribeCluster". */
  readonly action: string;
  /** The code of failures that have none of their own. */
  readonly otherwise: ErrorCode;
  readonly profile: string;
  /** The endpoint that was called, when it is not AWS's own. */
  readonly endpoint?: string;
  /** Asks AWS whose credentials they are, for a denial that does not say it. */
  readonly principal?: () => Promise<string | undefined>;
}

export type Failure = FailureContext & { readonly error: unknown };
