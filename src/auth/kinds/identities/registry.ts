import type { KindRegistry } from "../../../config/schema/kind.ts";
import type { AwsAmbient } from "./aws_ambient.ts";
import type { AwsAssumeRole } from "./aws_assume_role.ts";
import type { AwsAssumeRoot } from "./aws_assume_root.ts";
import type { AwsPermissionSet } from "./aws_permission_set.ts";
import type { AwsUser } from "./aws_user.ts";

export type IdentitySpec = AwsPermissionSet | AwsAssumeRole | AwsAssumeRoot | AwsUser | AwsAmbient;

export const IDENTITIES: KindRegistry<IdentitySpec> = {
  "aws/permission-set": { schema: () => import("./aws_permission_set.ts") },
  "aws/assume-role": { schema: () => import("./aws_assume_role.ts") },
  "aws/assume-root": { schema: () => import("./aws_assume_root.ts") },
  "aws/user": { schema: () => import("./aws_user.ts") },
  "aws/ambient": { schema: () => import("./aws_ambient.ts") },
  "ambient": { schema: () => import("./aws_ambient.ts") },
};
