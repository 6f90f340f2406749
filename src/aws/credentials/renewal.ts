import { profileFlag } from "../shared_config/profile.ts";
import type { CredentialPlan } from "./credential_plan.ts";
import { type Remedy } from "../../remedy.ts";

/** What to do where AWS takes the keys of the environment no longer. */
export const RENEW_VARIABLES = "Renew AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or unset them";

/** What to do where AWS takes the credentials of a container or an instance no longer. */
export const RENEW_MACHINE = "Try again in a minute: the container or instance renews them automatically";

/** Returns what to do where AWS takes the credentials of a profile, or those behind its role, no longer. */
export function describeRenewal(plan: CredentialPlan): Remedy {
  switch (plan.from) {
    case "keys":
      return `Renew the access keys: aws configure${profileFlag(plan.profile)}`;
    case "process":
      return `Run its program yourself: aws configure get credential_process${profileFlag(plan.profile)}`;
    case "sso":
      return ["Log in again: ", { kind: "profile-login", profile: plan.profile }];
    case "login-session":
      return `Log in again: aws login${profileFlag(plan.profile)}`;
    case "web-identity":
      return `Check that ${plan.tokenFile} has a token that is still valid`;
    case "role":
      return describeRenewal(plan.base);
    case "source":
      return plan.source === "Environment" ? RENEW_VARIABLES : RENEW_MACHINE;
  }
}
