import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { Secret } from "../../secret.ts";
import { isRoleArn } from "../names/arn.ts";
import type { Credentials } from "../client/credentials.ts";
import type { AwsEndpoint } from "../client/client_config.ts";
import { readNamedFile } from "../shared_config/configured_file.ts";
import { partitionFault } from "./role_profile.ts";
import { nameSetting, remedy } from "../../remedy.ts";

/** A role, and the file of the token that proves who takes it on. */
interface WebIdentity {
  readonly tokenFile: string;
  /** The variable or the profile's key that names the file. */
  readonly source: string;
  readonly roleArn: string;
  /** The same of the role. */
  readonly roleSource: string;
  readonly sessionName?: string;
}

/** What AWS_WEB_IDENTITY_TOKEN_FILE and its companions say; AppError "config-invalid" when it makes no sense. */
export function webIdentityOfEnvironment(host: Needs<"env">): WebIdentity | undefined {
  const source = "AWS_WEB_IDENTITY_TOKEN_FILE";
  const tokenFile = host.env.get(source);
  const roleArn = host.env.get("AWS_ROLE_ARN");
  const sessionName = host.env.get("AWS_ROLE_SESSION_NAME");
  if (tokenFile === undefined) return undefined;
  if (roleArn !== undefined && isRoleArn(roleArn)) {
    return {
      tokenFile,
      source,
      roleArn,
      roleSource: "AWS_ROLE_ARN",
      ...(sessionName === undefined ? {} : { sessionName }),
    };
  }
  const message = roleArn === undefined
    ? `Cannot use ${source}: AWS_ROLE_ARN is not set`
    : `Cannot use AWS_ROLE_ARN ${JSON.stringify(roleArn)}: it is not the ARN of an IAM role`;
  throw new AppError("config-invalid", message, {
    hint: `Set AWS_ROLE_ARN to a role such as arn:aws:iam::123456789012:role/NAME, or unset ${source}`,
  });
}

/**
 * Returns the role's credentials for the token. AppError "config-not-found" or "config-invalid" for the file, and those of
 * {@link assumeRoleWithWebIdentity}.
 */
export async function webIdentityCredentials(
  host: Needs<"read" | "net" | "clock">,
  input: WebIdentity & AwsEndpoint,
): Promise<Credentials> {
  const { tokenFile, source, roleArn, region, settings, sessionName = `atmos-${host.clock.now()}` } = input;
  const fault = partitionFault(roleArn, region);
  if (fault !== undefined) {
    throw new AppError("config-invalid", `Cannot use ${input.roleSource} "${roleArn}": ${fault}`, {
      hint: remedy`Use a region of the role's partition with ${nameSetting("region")}, or correct ${input.roleSource}`,
    });
  }
  const token = readNamedFile(host, { what: "web identity token", value: tokenFile, source }).trim();
  if (token === "") {
    throw new AppError("config-invalid", `Cannot read web identity token "${tokenFile}": it is empty`, {
      hint: `Correct or remove ${source}`,
    });
  }
  const { assumeRoleWithWebIdentity } = await import("../sts/sts_federation.ts");
  const renewal = `Wait until ${tokenFile} has a new one, or correct ${source}`;
  const request = { region, settings, roleArn, sessionName, token: new Secret(token), renewal };
  return await assumeRoleWithWebIdentity(host, request);
}
