import { callSettings, findEndpoint } from "../../../auth/flow/call_settings.ts";
import type { ActiveIdentity } from "../../../auth/login/identity.ts";
import type { Credentials } from "../../../aws/client/credentials.ts";
import { refuseOtherPartition } from "../../../aws/credentials/role_profile.ts";
import { DESCRIBE_SESSION } from "../../../aws/credentials/session.ts";
import { assumeRole } from "../../../aws/sts/sts.ts";
import { AppError } from "../../../errors.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import type { IdentityTargets } from "./targets.ts";

interface AssumeDescribeRoleInput extends Pick<IdentityTargets, "rows"> {
  readonly active: ActiveIdentity;
  /** `--assume-role-arn`. */
  readonly roleArn: string;
}

/**
 * Returns the credentials of the role that looks the cluster up, assumed by an identity. AppErrors of assumeRole, and
 * "usage" for a role of another partition than the cluster's region.
 */
export async function assumeDescribeRole(
  host: LoginCommandHost,
  { active, roleArn, rows }: AssumeDescribeRoleInput,
): Promise<Credentials> {
  const { chain, credentials } = active;
  // The flag goes with a single cluster.
  const target = rows[0]!.result;
  if (target instanceof AppError) throw target;
  const { region } = target.integration.cluster;
  refuseOtherPartition(roleArn, region);
  const endpointUrl = findEndpoint(chain);
  const settings = callSettings(host, { endpointUrl });
  return await assumeRole(host, { region, settings, credentials, roleArn, sessionName: DESCRIBE_SESSION });
}
