import type { SwitchFlag } from "../args/flag.ts";

/** "false" says more than its absence: that the browser of this machine may be used where that does not look so. */
export const DEVICE_CODE_VARIABLE = "ATMOS_AUTH_DEVICE_CODE";

export const DEVICE_CODE_FLAG: SwitchFlag = {
  kind: "switch",
  env: [DEVICE_CODE_VARIABLE],
  summary: "Log in with a code to confirm on any machine, not in this machine's browser",
};
