import type { Needs } from "../../host/host.ts";
import type { StoreHost } from "../../store/replace.ts";
import type { AwsAccess } from "../client/client_config.ts";
import { parseArn } from "../names/arn.ts";
import { getRoleSession } from "./role_session_cache.ts";
import { refuseOtherPartition } from "../credentials/role_profile.ts";
import { assumeRole } from "../sts/sts.ts";

/** A role, and how its session is to be. */
interface RequestedRole {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly externalId?: string;
}

interface RoleSessionInput {
  readonly base: AwsAccess;
  readonly role: RequestedRole;
  /** Whose session it is, besides whose access key asks for it: an identity with its realm and fingerprint. */
  readonly owner: string;
  readonly usesCache: boolean;
  /** A line for people. */
  readonly warn: (line: string) => void;
}

/**
 * A role's session, kept for the next run: one call to STS an hour. What it is kept under names everything that makes it
 * what it is, the access key that asked for it included. Permission: sts:AssumeRole. Errors as for assumeRole.
 */
export async function roleSession(
  host: StoreHost & Needs<"net" | "env">,
  { base, role, owner, usesCache, warn }: RoleSessionInput,
): Promise<AwsAccess> {
  refuseOtherPartition(role.roleArn, base.region);
  const fetch = () => assumeRole(host, { ...base, ...role });
  const { accessKeyId } = base.credentials;
  const endpoint = base.settings.endpoints.sts ?? "";
  const { roleArn, sessionName, externalId = "" } = role;
  const key = [owner, accessKeyId, base.region, endpoint, roleArn, sessionName, externalId];
  const told = { role: roleArn, usesCache, by: accessKeyId };
  const credentials = usesCache ? await getRoleSession(host, { key, fetch, warn }) : await fetch();
  host.log?.tell("debug", "credentials", { ...told, key: credentials.accessKeyId });
  return { ...base, credentials: { ...credentials, account: parseArn(roleArn)!.account } };
}
