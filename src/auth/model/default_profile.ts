import type { Power } from "../../config/schema/powers.ts";
import type { LocatedMap } from "../../config/values/located.ts";
import { dottedPath } from "../../formats/text/dotted_path.ts";
import { Secret } from "../../secret.ts";
import { entrySources, withSource } from "./entry_sources.ts";
import type { Identity } from "./model.ts";

/** The AWS profile that is used where none is named. */
export const DEFAULT_PROFILE = "default";

/**
 * Returns a power for an identity that is to be the AWS profile which everything uses that names none, in every directory.
 * `root` is the whole configuration.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html
 */
export function defaultProfilePower({ name, place }: Identity, root: LocatedMap): Power {
  const power = {
    path: dottedPath(["auth", "identities", name]),
    place,
    content: new Secret(JSON.stringify(["profile", DEFAULT_PROFILE]), { isShown: true }),
    shown: JSON.stringify(DEFAULT_PROFILE),
    reason: "may become the default AWS profile",
  };
  return withSource(power, entrySources(root)("identities", name));
}
