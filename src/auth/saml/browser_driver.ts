import { AppError } from "../../errors.ts";
import type { SamlDriver } from "./saml_login.ts";

export const logIn: SamlDriver = () => Promise.reject(new AppError("internal", "Cannot log in: no browser driver yet"));
