import type { AmbientCredentials, AmbientHost, AmbientInput } from "./ambient.ts";
import { containerCredentials } from "./container.ts";
import { instanceCredentials } from "./instance.ts";
import { planCredentials } from "./credential_plan.ts";
import { describeRenewal, RENEW_MACHINE } from "./renewal.ts";
import { plannedCredentials } from "./profile_credentials.ts";
import { webIdentityCredentials, webIdentityOfEnvironment } from "./credentials_web_identity.ts";
import { renameHint } from "../shared_config/misspelt_keys.ts";
import { type Profile } from "../shared_config/profile.ts";
import { AppError } from "../../errors.ts";
import { joinLines, remedy, SET_UP } from "../../remedy.ts";

/** The credentials of profile, web identity, container or instance; the first that is set up is the one. */
export async function discoveredCredentials(host: AmbientHost, input: AmbientInput): Promise<AmbientCredentials> {
  const { profile, files } = input;
  const plan = planCredentials({ files, profile: profile.name });
  const identity = webIdentityOfEnvironment(host);
  // As the AWS CLI has it, for a profile that no one has named.
  const isBefore = identity !== undefined && profile.namedBy === "none" && plan?.from !== "role";
  if (plan !== undefined && !isBefore) {
    return { credentials: await plannedCredentials(host, { ...input, plan }), renewal: describeRenewal(plan) };
  }
  if (identity !== undefined) {
    const { settings, region } = input;
    const renewal = `Check that ${identity.tokenFile} has a token that is still valid`;
    return { credentials: await webIdentityCredentials(host, { ...identity, settings, region }), renewal };
  }
  const found = await containerCredentials(host) ?? await instanceCredentials(host, profile);
  if (found !== undefined) return { credentials: found, renewal: RENEW_MACHINE };
  throw noCredentials(profile);
}

/** "login-needed": nothing is set up that could give credentials. */
export function noCredentials({ name, namedBy, section }: Profile): AppError {
  const found = namedBy === "none"
    ? "Cannot find AWS credentials: there are none in the environment, in ~/.aws, nor from a container or instance"
    : `Cannot find AWS credentials of profile "${name}": it names no way to get them`;
  const login = remedy`Log in: ${[{
    kind: "profile-login",
    profile: name,
  }]}, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY`;
  return new AppError("login-needed", found, {
    hint: renameHint(section) ?? (namedBy === "none" ? joinLines([login, SET_UP]) : login),
  });
}
