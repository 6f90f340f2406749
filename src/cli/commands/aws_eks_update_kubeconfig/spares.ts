import { readSharedFiles } from "../../../aws/shared_config/shared_files.ts";
import type { Need, Needs } from "../../../host/host.ts";
import type { UpdateKubeconfigInput } from "./command.ts";

/**
 * A look without a write gives up writing, and running programs too, unless the AWS settings name a credential_process:
 * without it such a user could not look at all.
 */
export function sparesOf(
  host: Needs<"read" | "env">,
  input: UpdateKubeconfigInput,
): readonly Extract<Need, "write" | "run">[] {
  if (!input.flags["dry-run"] && !input.flags.diff) return [];
  const profiles = [...readSharedFiles(host).profiles.values()];
  return profiles.some((profile) => profile.has("credential_process")) ? ["write"] : ["write", "run"];
}
