import { profileNames } from "../../config/profiles.ts";
import type { ConfigGlobals } from "../project/load.ts";
import type { Candidate } from "./offer.ts";
import { type LookHost, quietConfig } from "./quiet_config.ts";

/** The directories that `--config-profile` would find. Those given already are not laid over: one may be misspelt. */
export async function configProfileNames(host: LookHost, globals: ConfigGlobals): Promise<readonly Candidate[]> {
  const config = await quietConfig(host, { ...globals, "config-profile": [] });
  return profileNames(host, config).map((value) => ({ value, about: "" }));
}
