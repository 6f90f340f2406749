import { findHiddenLogins } from "../../docker/hidden_logins.ts";
import type { Needs } from "../../host/host.ts";
import { warns } from "../output/report.ts";
import type { Globals } from "../args/global_flags.ts";
import { printable } from "../output/text.ts";

/** Says in one line that docker will not look where a login was put. Permission: env. */
export function warnOfHidden(
  host: Needs<"env" | "terminal">,
  { registries, globals }: { readonly registries: readonly string[]; readonly globals: Pick<Globals, "logs-level"> },
): void {
  const hidden = findHiddenLogins(host, registries);
  if (hidden.length === 0 || !warns(globals)) return;
  const which = printable(hidden.join(", "));
  host.terminal.err(
    `Warning: docker 28.3 and later take the login at ${which} from DOCKER_AUTH_CONFIG, not this one\n`,
  );
  host.terminal.err("Hint: To use this login: unset DOCKER_AUTH_CONFIG, or remove the registry from it\n");
}
