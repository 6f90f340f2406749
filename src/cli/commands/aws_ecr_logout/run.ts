import type { ConfigHost } from "../../../config/load_config.ts";
import { forgetLogins } from "../../../docker/forget_logins.ts";
import { dockerConfigFile } from "../../../docker/locate.ts";
import { AppError } from "../../../errors.ts";
import type { Needs } from "../../../host/host.ts";
import type { StoreHost } from "../../../store/replace.ts";
import type { Input } from "../../args/command.ts";
import type { ECR_LOGOUT_FLAGS } from "./command.ts";
import { paintFor } from "../../output/paint.ts";
import { ecrHosts } from "../../ecr/targets.ts";
import { endWith } from "../../ecr/end_with.ts";

/** `atmos aws ecr logout`: docker forgets passwords of ECR; those of other users than AWS stay. Throws as endWith. */
export async function runAwsEcrLogout(
  host: ConfigHost & StoreHost & Needs<"env" | "run" | "terminal">,
  input: Input<typeof ECR_LOGOUT_FLAGS>,
): Promise<number> {
  const path = dockerConfigFile(host);
  const { flags, globals } = input;
  const registries = await ecrHosts(host, input);
  const forgotten = await forgetLogins(host, { path, registries, dryRun: flags["dry-run"] });
  const check = paintFor(host, { stream: "stderr", globals })("green", "✓");
  registries.forEach((registry, at) => {
    const found = forgotten[at]!;
    if (found === false) host.terminal.err(`Nothing to remove: docker is not logged in to ${registry}.\n`);
    if (found !== true) return;
    host.terminal.err(flags["dry-run"] ? `Would log out of ${registry}\n` : `${check} Logged out of ${registry}\n`);
  });
  return endWith(host, { errors: forgotten.filter((one) => one instanceof AppError), globals });
}
