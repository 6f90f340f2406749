import { AppError } from "../../errors.ts";
import { loginCommand } from "../flow/login_command.ts";
import type { Located } from "./obtain.ts";

/** Nothing usable is kept of an identity, and nobody is to log in now. */
export function loginNeeded({ name, stored }: Pick<Located, "name" | "stored">): AppError {
  const found = stored === undefined ? "it is not logged in" : "its credentials have expired";
  return new AppError("login-needed", `Cannot use identity "${name}": ${found}`, {
    hint: `Log in: ${loginCommand(name)}`,
  });
}
