import type { Flags } from "../../args/flag.ts";
import { ECR_TARGET_FLAGS } from "./login_flags.ts";

export const ECR_CONFIGURE_FLAGS = {
  ...ECR_TARGET_FLAGS,
  "bin-dir": {
    kind: "string",
    placeholder: "directory",
    complete: "directory",
    summary: "Where the program goes that docker starts; a directory of yours on PATH, or ~/.local/bin, when absent",
  },
  "remove": { kind: "switch", summary: "Undo it, for these registries or all" },
  "dry-run": { kind: "switch", summary: "Say what would be done, and write nothing" },
} as const satisfies Flags;
