import { assumeRoot } from "../../../aws/sts/sts_root.ts";
import { type Become, seconds } from "./step.ts";
import { unfitOrigin } from "./unfit_origin.ts";

export const become: Become<"aws/assume-root"> = async (host, { identity, from, region, settings }) => {
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
