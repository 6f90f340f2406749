import type { SwitchFlag } from "../args/flag.ts";

/** "false" says more than its absence: that the browser of this machine may be used where that does not look so. */
export const DEVICE_CODE_VARIABLE = "ATMOS_AUTH_DEVICE_CODE";

export const DEVICE_CODE_FLAG: SwitchFlag = {
  kind: "switch",
  env: [DEVICE_CODE_VARIABLE],
  summary: "Use the device-code flow instead of a browser on this machine",
};
