import type { Flags } from "../../args/flag.ts";
import { DEVICE_CODE_FLAG } from "../../login/device_code_flag.ts";

export const AUTH_EXEC_FLAGS = { "device-code": DEVICE_CODE_FLAG } as const satisfies Flags;
