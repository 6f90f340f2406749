import type { ConfigHost } from "../../config/load_config.ts";
import { forgetLogin } from "../../docker/forget_login.ts";
import { dockerConfigFile } from "../../docker/locate.ts";
import type { Needs } from "../../host/host.ts";
import type { StoreHost } from "../../store/replace.ts";
import type { Input } from "../command.ts";
import type { ECR_LOGOUT_FLAGS } from "../commands/aws_ecr_logout_flags.ts";
import { paintFor } from "../paint.ts";
import { ecrTargets } from "./ecr_targets.ts";

type LogoutHost = ConfigHost & StoreHost & Needs<"env" | "run" | "terminal">;

/** `atmos aws ecr logout`: docker forgets passwords of ECR; those of other users than AWS stay. */
export async function logOutOfEcr(host: LogoutHost, input: Input<typeof ECR_LOGOUT_FLAGS>): Promise<number> {
  const path = dockerConfigFile(host);
  const dryRun = input.flags["dry-run"];
  const check = paintFor(host, { stream: "stderr", globals: input.globals })("green", "✓");
  for (const { host: registry } of await ecrTargets(host, input)) {
    const found = await forgetLogin(host, { path, registry, dryRun });
    if (!found) host.terminal.err(`Nothing to remove: docker is not logged in to ${registry}.\n`);
    else host.terminal.err(dryRun ? `Would log out of ${registry}\n` : `${check} Logged out of ${registry}\n`);
  }
  return 0;
}
