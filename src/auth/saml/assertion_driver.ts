import { AppError } from "../../errors.ts";
import { readAssertionFile } from "./assertion_file.ts";
import type { SamlDriver } from "./saml_login.ts";

/** The SAML response that somebody got elsewhere: the command line's, else the file of the configuration. */
export const logIn: SamlDriver = async (host, { provider, talk }) => {
  if (talk.samlResponse !== undefined) return await talk.samlResponse();
  if (provider.assertionFile !== undefined) return readAssertionFile(host, provider.assertionFile);
  throw new AppError("login-needed", `Cannot log in with provider "${provider.name}": it is given no SAML response`, {
    hint: "Give one: atmos auth login --saml-assertion FILE (- for stdin), or set assertion_file.",
    place: provider.place,
  });
};
