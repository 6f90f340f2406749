import { AppError } from "../../errors.ts";
import type { SamlDriver } from "./saml_login.ts";
import { lenientUtf8 } from "../../formats/text/utf8.ts";
import { isFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { Secret } from "../../secret.ts";
import { explainFileError } from "../../store/explain_file_error.ts";
import { readSamlResponse } from "./response.ts";
import { expandHome } from "../../store/paths.ts";
import { LOGIN } from "../../remedy.ts";

/** The SAML response that the user got elsewhere: the command line's, else the file of the configuration. */
export const logIn: SamlDriver = async (host, { provider, ui }) => {
  if (ui.samlResponse !== undefined) return await ui.samlResponse();
  if (provider.assertionFile !== undefined) return readAssertionFile(host, provider.assertionFile);
  throw new AppError("login-needed", `Cannot log in with provider "${provider.name}": no SAML response was given`, {
    hint: ["Specify one: ", { ...LOGIN, with: "assertion" }, " (- for stdin), or set assertion_file"],
    place: provider.place,
  });
};

/** AppErrors of {@link readSamlResponse} for what no login could use. */
export function checkAssertion(response: Secret): void {
  readSamlResponse(response);
}

/** Far above what AWS takes, line breaks included. */
const MOST_BYTES = 1_000_000;

/** The SAML response in a file (a pipe, too). AppError "login-needed" when it cannot be read. Permissions: read, env. */
export function readAssertionFile(host: Needs<"read" | "env">, path: string): Secret {
  const place = expandHome(host, path) ?? path;
  const fail = (found: string, cause?: unknown) =>
    new AppError("login-needed", `Cannot read SAML response "${path}": ${found}`, {
      hint: "Use the file that the identity provider's response was saved to",
      ...(cause === undefined ? {} : { cause }),
    });
  try {
    if ((host.read.stat(place)?.size ?? 0) > MOST_BYTES) throw fail("it is far longer than a SAML response");
    return new Secret(lenientUtf8(host.read.bytes(place)));
  } catch (error) {
    if (isFileError(error)) throw fail(explainFileError(error, place), error);
    throw error;
  }
}
