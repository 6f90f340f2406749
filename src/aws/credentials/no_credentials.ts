import { AppError } from "../../errors.ts";
import type { Profile } from "../shared_config/profile.ts";

/** "login-needed": nothing is set up that could give credentials. */
export function noCredentials(profile: Profile): AppError {
  const found = profile.namedBy === "none"
    ? "Cannot find AWS credentials: there are none in the environment, in ~/.aws, nor from a container or instance"
    : `Cannot find AWS credentials of profile "${profile.name}": it names no way to get them`;
  const flag = profile.name === "default" ? "" : ` --profile ${profile.name}`;
  return new AppError("login-needed", found, {
    hint: `Log in: aws sso login${flag}, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`,
  });
}
