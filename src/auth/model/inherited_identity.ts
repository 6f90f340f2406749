import { AppError } from "../../errors.ts";
import { nameSetting, remedy } from "../../remedy.ts";
import type { AuthModel } from "./model.ts";

/** The variable that says of which configuration the identity in ATMOS_IDENTITY is, where this program has set both. */
export const IDENTITY_CONFIG = "ATMOS_IDENTITY_CONFIG";

/** The identity of ATMOS_IDENTITY, which was exported as one of another configuration than the one that is read. */
export interface InheritedIdentity {
  readonly name: string;
  /** The location of that configuration. */
  readonly location: string;
}

/**
 * Refuses what ATMOS_IDENTITY says, where it was exported as an identity of another configuration: one of the same name
 * here may be another account.
 *
 * @throws {AppError} identity-not-found
 */
export function refuseInherited({ inherited }: Pick<AuthModel, "inherited">, requested: string | undefined): void {
  if (inherited === undefined || requested !== inherited.name) return;
  const { name, location } = inherited;
  const found = `ATMOS_IDENTITY was set for the configuration at ${location}, not for this one`;
  throw new AppError("identity-not-found", `Cannot use identity "${name}": ${found}`, {
    hint: remedy`Specify the identity of this configuration: ${
      nameSetting("identity", name)
    }; or run: unset ATMOS_IDENTITY ${IDENTITY_CONFIG}`,
  });
}
