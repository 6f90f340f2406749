import * as v from "valibot";
import { power } from "../../../config/schema/trust_class.ts";
import { form, text } from "../fields.ts";

/** Every type takes what the type file needs: ATMOS_KEYRING_TYPE may choose another for one run. */
export const KEYRING_SPEC = v.optional(v.object({
  path: v.optional(power(text("directory of the encrypted files"), {
    reason: "sets where keys are written",
    namesFile: true,
  })),
  password_env: v.optional(power(
    form(/^[A-Za-z_][A-Za-z0-9_]*$/, {
      about: "name of the variable that holds the password",
      allowed: "the name of an environment variable",
    }),
    "sets which variable is a password",
  )),
}));
