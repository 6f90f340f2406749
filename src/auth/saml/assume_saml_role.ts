import type { AwsEndpoint } from "../../aws/client/client_config.ts";
import type { Credentials } from "../../aws/client/credentials.ts";
import { assumeRoleWithSaml } from "../../aws/sts/sts_federation.ts";
import type { SessionLimits } from "../../aws/sts/sts_session.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { LoginUi } from "../flow/login_host.ts";
import { chooseRole } from "./choose_role.ts";
import type { SamlResponse } from "./response.ts";

/** A duration left open is that of the response, and then AWS's. */
interface SamlRoleInput extends AwsEndpoint, SessionLimits {
  readonly identity: string;
  /** ARN of the role that the identity names. */
  readonly wanted: string | undefined;
  readonly response: SamlResponse;
  readonly ui: LoginUi;
}

/** Credentials of a role of a SAML response. AppErrors of chooseRole and of AWS. */
export async function assumeSamlRole(host: Needs<"net" | "clock">, input: SamlRoleInput): Promise<Credentials> {
  const { identity, wanted, response: { roles }, ui } = input;
  const role = await chooseRole({ identity, wanted, roles, ui });
  const credentials = await assumeChosen(host, { ...input, role });
  return wanted === undefined ? { ...credentials, principal: role.roleArn } : credentials;
}

async function assumeChosen(
  host: Needs<"net" | "clock">,
  { identity: _identity, wanted: _wanted, response, ui, durationSeconds, role, ...limits }: SamlRoleInput & {
    readonly role: SamlResponse["roles"][number];
  },
): Promise<Credentials> {
  const { assertion, sessionSeconds } = response;
  const ask = (seconds?: number) =>
    assumeRoleWithSaml(host, {
      ...{ ...limits, assertion, ...role },
      ...(seconds === undefined ? {} : { durationSeconds: seconds }),
    });
  if (durationSeconds !== undefined || sessionSeconds === undefined) return await ask(durationSeconds);
  return await ask(sessionSeconds).catch((error) => {
    if (!(error instanceof AppError) || error.code !== "config-invalid") throw error;
    // No one here asked for that long: a console session of the identity provider's wish is not worth failing for.
    ui.say(
      `The role does not allow a session of ${sessionSeconds} s, as the SAML response asks for; using AWS's default.`,
    );
    return ask();
  });
}
