import { AppError } from "../../errors.ts";

/** Why a SAML response is of no use; nothing of it is quoted, for it is as good as a password. */
export function refusedResponse(found: string): AppError {
  return new AppError("login-denied", `Cannot use the SAML response: ${found}`, {
    hint: "Log in again for another one; if it stays so, ask who runs the identity provider.",
  });
}
