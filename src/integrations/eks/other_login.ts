import { findLoginRealm } from "../../aws/shared_config/provider_directory.ts";
import type { Needs } from "../../host/host.ts";
import type { ExecTarget } from "../../kube/exec/exec_target.ts";
import type { Author } from "../contract/author.ts";

/**
 * Returns whether a plugin uses credentials that a login of another configuration has written: the profile there is another
 * identity, whatever its name. Permission: env.
 */
export function isOfOtherLogin(
  host: Needs<"env">,
  { target, author }: { readonly target: ExecTarget | undefined; readonly author: Pick<Author, "realm"> },
): boolean {
  const file = target?.credentialsFile;
  const realm = file === undefined ? undefined : findLoginRealm(host, file);
  return realm !== undefined && realm !== author.realm;
}
