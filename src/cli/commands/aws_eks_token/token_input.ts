import type { Input } from "../../args/command.ts";
import type { EKS_TOKEN_FLAGS } from "./flags.ts";

export type TokenInput = Input<typeof EKS_TOKEN_FLAGS>;

/** The same, with what the client says of the person at it. */
export interface TokenRequest extends TokenInput {
  /** Whether KUBERNETES_EXEC_INFO says that somebody is there. */
  readonly interactive: boolean;
}
