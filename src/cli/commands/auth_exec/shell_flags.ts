import type { Flags } from "../../args/flag.ts";
import { DEVICE_CODE_FLAG } from "../../login/device_code_flag.ts";

export const AUTH_SHELL_FLAGS = {
  "shell": {
    kind: "string",
    placeholder: "program",
    env: ["ATMOS_SHELL", "SHELL"],
    complete: "file",
    summary: "Shell to start; bash or sh when nothing names one",
  },
  "device-code": DEVICE_CODE_FLAG,
} as const satisfies Flags;
