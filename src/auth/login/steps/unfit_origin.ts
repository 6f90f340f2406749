import { AppError } from "../../../errors.ts";
import type { Identity } from "../../model/model.ts";

/** The identity cannot be reached that way. */
export function unfitOrigin({ name, kind, via, place }: Identity, needs: string): AppError {
  const by = via?.provider === undefined ? `identity "${via?.identity}"` : `provider "${via.provider}"`;
  return new AppError(
    "config-invalid",
    `Cannot use identity "${name}": ${kind} is reached through ${needs}, not ${by}`,
    {
      hint: "Correct its via in atmos.yaml.",
      place,
    },
  );
}
