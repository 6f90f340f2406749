import type { Flags } from "../../args/flag.ts";
import { ECR_TARGET_FLAGS } from "./login_flags.ts";

export const ECR_LOGOUT_FLAGS = {
  ...ECR_TARGET_FLAGS,
  "dry-run": { kind: "switch", summary: "Say what would be removed, and remove nothing" },
} as const satisfies Flags;
