import { assumeRoot } from "../../../../aws/sts/sts_root.ts";
import { type AssumeIdentity, seconds, unfitOrigin } from "../assume.ts";
import type { AwsAssumeRoot } from "./schema.ts";

/** A session for one task, from another identity. */
export const assume: AssumeIdentity<AwsAssumeRoot> = async (host, { identity, from, region, settings }) => {
  if (from.kind !== "credentials") throw unfitOrigin(identity, "another identity");
  return await assumeRoot(host, {
    region,
    settings,
    credentials: from.credentials,
    targetPrincipal: identity.targetAccount,
    taskPolicyArn: identity.taskPolicyArn,
    ...seconds(identity.durationMs),
  });
};
