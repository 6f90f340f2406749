import type { Needs } from "../../host/host.ts";
import type { Profile } from "../shared_config/profile.ts";
import type { AwsSettings } from "../shared_config/settings.ts";
import type { SharedFiles } from "../shared_config/shared_files.ts";

/** What the search for credentials starts from. */
export interface AmbientInput {
  readonly files: SharedFiles;
  readonly profile: Profile;
  readonly settings: AwsSettings;
  /** Where a role of the profile is assumed, when the profile itself has no region. */
  readonly region: string;
}

/**
 * The SDK's own providers read the environment and ~/.aws and talk to the metadata services by themselves; a
 * credential_process is run.
 */
export type AmbientHost = Needs<"net" | "read" | "env" | "run" | "clock">;
