import { assumeRole } from "../sts/sts.ts";
import type { Credentials } from "../client/credentials.ts";
import { checkRegion } from "../names/names.ts";
import { profileFault } from "../shared_config/profile.ts";
import type { MfaCode } from "../sts/sts_session.ts";
import type { AmbientHost, AmbientInput } from "./ambient.ts";
import type { CredentialPlan } from "./credential_plan.ts";
import { processCredentials } from "./credentials_process.ts";
import { sourceCredentials } from "./credentials_source.ts";
import { webIdentityCredentials } from "./credentials_web_identity.ts";
import { loginSessionCredentials } from "./login_session.ts";
import { mfaSession } from "./mfa_session.ts";
import { describeRenewal } from "./renewal.ts";
import { partitionFault } from "./role_profile.ts";
import { ssoProfileCredentials } from "./sso_profile.ts";
import { nameSetting, remedy } from "../../remedy.ts";

type Planned<From extends CredentialPlan["from"] = CredentialPlan["from"]> = AmbientInput & {
  readonly plan: Extract<CredentialPlan, { readonly from: From }>;
};

/** Follows the plan. Errors: "login-needed", "config-invalid" and those of {@link assumeRole}. */
export async function plannedCredentials(host: AmbientHost, input: Planned): Promise<Credentials> {
  const { plan } = input;
  switch (plan.from) {
    case "keys":
      return plan.credentials;
    case "process":
      return await processCredentials(host, plan);
    case "source":
      return await sourceCredentials(host, { ...input, ...plan });
    case "sso":
      return await ssoProfileCredentials(host, { ...plan, settings: input.settings });
    case "login-session":
      return await loginSessionCredentials(host, { ...input, ...plan });
    case "web-identity":
      return await webIdentity(host, { ...input, plan });
    case "role":
      return await assumeProfileRole(host, { ...input, plan });
  }
}

async function webIdentity(host: AmbientHost, input: Planned<"web-identity">): Promise<Credentials> {
  const { settings, plan: { tokenFile, role } } = input;
  return await webIdentityCredentials(host, {
    tokenFile,
    source: `web_identity_token_file of profile ${role.profile}`,
    roleArn: role.arn,
    roleSource: `role_arn of profile ${role.profile}`,
    ...(role.sessionName === undefined ? {} : { sessionName: role.sessionName }),
    settings,
    region: checkRegion(role.region ?? input.region),
  });
}

async function assumeProfileRole(host: AmbientHost, input: Planned<"role">): Promise<Credentials> {
  const { settings, askMfaCode, plan: { role, base } } = input;
  const region = checkRegion(role.region ?? input.region);
  const found = partitionFault(role.arn, region);
  if (found !== undefined) {
    const hint = remedy`Use a region of the role's partition with ${nameSetting("region")}, or correct role_arn`;
    throw profileFault({ profile: role.profile, found: `its role_arn cannot be used: ${found}`, hint });
  }
  const assume = async (code?: () => Promise<MfaCode>) => {
    const credentials = await plannedCredentials(host, { ...input, plan: base });
    const mfa = code === undefined ? {} : { mfa: await code() };
    const { arn: roleArn, sessionName = `atmos-${host.clock.now()}`, ...rest } = role;
    const own = { region, credentials, settings: { ...settings, renewal: describeRenewal(base) } };
    return await assumeRole(host, { ...rest, ...mfa, ...own, roleArn, sessionName });
  };
  const { mfaSerial } = role;
  return mfaSerial === undefined
    ? await assume()
    : await mfaSession(host, { role: { ...role, mfaSerial }, askMfaCode, assume });
}
