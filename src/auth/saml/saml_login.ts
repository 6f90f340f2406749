import type { Secret } from "../../secret.ts";
import type { LoginHost, LoginUi } from "../flow/login_host.ts";
import type { Named } from "../../config/schema/entry.ts";
import { chooseDriver, type DriverName, type DriverSettings } from "./choose_driver.ts";
import type { KnownAnswers } from "./login_answers.ts";
import { readSamlResponse, type SamlResponse } from "./response.ts";

/** An identity provider, and how to log in there. */
interface SamlProvider extends Named, DriverSettings, KnownAnswers {
  /** Its page for AWS. */
  readonly url: string;
  /** Directory of the browser's profile; by default one for each login. */
  readonly browserProfile: string | undefined;
  readonly endpointUrl: string | undefined;
}

export interface SamlLoginInput {
  readonly provider: SamlProvider;
  readonly ui: LoginUi;
}

/** A way to a SAML response. Errors: "login-needed" where it takes a person and there is none, "login-denied". */
export type SamlDriver = (host: LoginHost, input: SamlLoginInput) => Promise<Secret>;

const DRIVERS: Readonly<Record<DriverName, () => Promise<{ readonly logIn: SamlDriver }>>> = {
  assertion: () => import("./assertion.ts"),
  form: () => import("./form_driver.ts"),
  browser: () => import("./browser_driver.ts"),
};

/** A login at a SAML identity provider; what it answers is in memory only. Errors are those of the driver. */
export async function samlLogin(host: LoginHost, input: SamlLoginInput): Promise<SamlResponse> {
  const { logIn } = await DRIVERS[chooseDriver(host, input)]();
  return readSamlResponse(await logIn(host, input));
}
