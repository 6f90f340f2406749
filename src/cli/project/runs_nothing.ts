import type { Run } from "../../host/host.ts";

/** Reading a configuration to see what it wants must not do it: no command runs, and each seems to print nothing. */
export const RUNS_NOTHING: Run = {
  capture: () => Promise.resolve({ status: 0, stdout: "", stderr: "" }),
  foreground: () => Promise.resolve(0),
  browse: () => Promise.resolve({ kind: "closed" }),
};
