import type { Credentials } from "../../../aws/credentials.ts";
import { assumeRole } from "../../../aws/sts.ts";
import { assumeRoleWithWebIdentity } from "../../../aws/sts_federation.ts";
import { AppError } from "../../../errors.ts";
import type { Identity } from "../../model.ts";
import type { LoginHost } from "../login_host.ts";
import { type Become, type Origin, seconds, type StepInput } from "./step.ts";
import { unfitOrigin } from "./unfit_origin.ts";

const LONGEST_NAME = 64;
const OTHERS = "another identity or a provider of kind github/oidc or aws/saml";

interface FromSaml extends StepInput<"aws/assume-role"> {
  readonly from: Extract<Origin, { readonly kind: "saml" }>;
}

export const become: Become<"aws/assume-role"> = async (host, input) => {
  const { identity, from, region, settings } = input;
  if (from.kind === "saml") return await fromSaml(host, { ...input, from });
  const { roleArn, externalId } = identity;
  if (roleArn === undefined) throw noRole(identity);
  const sessionName = identity.sessionName ?? sessionNameOf(identity.name, host.clock.now());
  const role = { region, settings, roleArn, sessionName, ...seconds(identity.durationMs) };
  if (from.kind === "web-identity") {
    return await assumeRoleWithWebIdentity(host, { ...role, token: await from.token() });
  }
  if (from.kind !== "credentials") throw unfitOrigin(identity, OTHERS);
  return await assumeRole(host, {
    ...role,
    credentials: from.credentials,
    ...(externalId === undefined ? {} : { externalId }),
  });
};

/** A SAML response names the session itself. */
async function fromSaml(host: LoginHost, input: FromSaml): Promise<Credentials> {
  const { assumeSamlRole } = await import("../../saml/assume_saml_role.ts");
  const { identity, from, region, settings, talk } = input;
  const { durationSeconds } = seconds(identity.durationMs ?? from.sessionMs);
  const response = await from.login();
  const role = { identity: identity.name, wanted: identity.roleArn, response, durationSeconds };
  return await assumeSamlRole(host, { ...role, region, settings, talk });
}

function noRole({ name, place }: Identity): AppError {
  return new AppError("config-invalid", `Cannot use identity "${name}": it names no role`, {
    hint: "Give principal.assume_role the ARN of one; only a SAML login offers roles to choose from.",
    place,
  });
}

/** As the Go atmos names it; `now` in milliseconds. */
export function sessionNameOf(identity: string, now: number): string {
  const end = `-${Math.floor(now / 1000)}`;
  const start = `atmos-${identity}`.replace(/[^\w+=,.@-]/g, "-").slice(0, LONGEST_NAME - end.length);
  return start + end;
}
