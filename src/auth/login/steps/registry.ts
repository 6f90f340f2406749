import type { Identity } from "../../model/model.ts";
import type { Become } from "./step.ts";

/** How each kind of identity is become. */
export const STEPS: { readonly [K in Identity["kind"]]: () => Promise<{ readonly become: Become<K> }> } = {
  "aws/permission-set": () => import("./aws_permission_set.ts"),
  "aws/assume-role": () => import("./aws_assume_role.ts"),
  "aws/assume-root": () => import("./aws_assume_root.ts"),
  "aws/user": () => import("./aws_user.ts"),
  "aws/ambient": () => import("./aws_ambient.ts"),
};
