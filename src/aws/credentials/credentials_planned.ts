import type { AmbientHost, AmbientInput } from "./ambient.ts";
import { credentialFailure } from "../errors/credential_failure.ts";
import type { CredentialPlan } from "./credential_plan.ts";
import { type Credentials, keepSecret } from "../client/credentials.ts";
import { processCredentials } from "./credentials_process.ts";
import { sourceCredentials } from "./credentials_source.ts";
import { webIdentityCredentials } from "./credentials_web_identity.ts";
import { checkRegion } from "../names/names.ts";
import { nestedClients } from "../client/client_config.ts";
import { profileFault } from "../shared_config/profile.ts";
import { partitionFault } from "./role_profile.ts";
import { assumeRole } from "../sts/sts.ts";

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
    case "sign-in":
      return await signedIn(host, { ...input, plan });
    case "web-identity":
      return await webIdentity(host, { ...input, plan });
    case "role":
      return await takeOnRole(host, { ...input, plan });
  }
}

/** IAM Identity Center and `aws login`, whose caches the SDK reads and renews. */
async function signedIn(host: AmbientHost, input: Planned<"sign-in">): Promise<Credentials> {
  const { profile } = input.plan;
  const { fromIni } = await import("@aws-sdk/credential-providers");
  try {
    return keepSecret(await fromIni({ profile, ...nestedClients(host, input) })());
  } catch (error) {
    throw await credentialFailure(host, { error, profile });
  }
}

async function webIdentity(host: AmbientHost, input: Planned<"web-identity">): Promise<Credentials> {
  const { tokenFile, role } = input.plan;
  const identity = {
    tokenFile,
    source: `web_identity_token_file of profile ${role.profile}`,
    roleArn: role.arn,
    roleSource: `role_arn of profile ${role.profile}`,
    ...(role.sessionName === undefined ? {} : { sessionName: role.sessionName }),
  };
  const region = checkRegion(role.region ?? input.region);
  try {
    return await webIdentityCredentials(host, { ...identity, clients: nestedClients(host, { ...input, region }) });
  } catch (error) {
    throw await credentialFailure(host, { error, profile: role.profile });
  }
}

async function takeOnRole(host: AmbientHost, input: Planned<"role">): Promise<Credentials> {
  const { role, base } = input.plan;
  const region = checkRegion(role.region ?? input.region);
  const found = partitionFault(role.arn, region);
  if (found !== undefined) {
    const hint = "Give a region of the role's partition with --region REGION, or correct role_arn.";
    throw profileFault({ profile: role.profile, found: `its role_arn cannot be used: ${found}`, hint });
  }
  const credentials = await plannedCredentials(host, { ...input, plan: base });
  const { arn: roleArn, sessionName = `atmos-${host.clock.now()}`, ...rest } = role;
  return await assumeRole(host, { ...rest, settings: input.settings, region, credentials, roleArn, sessionName });
}
