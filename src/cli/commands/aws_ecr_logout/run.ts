import type { ConfigHost } from "../../../config/load_config.ts";
import { forgetLogins } from "../../../docker/forget_logins.ts";
import { dockerConfigFile } from "../../../docker/locate.ts";
import { isElsewhere, loginOwners } from "../../../docker/login_record.ts";
import { AppError } from "../../../errors.ts";
import type { Needs } from "../../../host/host.ts";
import type { StoreHost } from "../../../store/replace.ts";
import type { Input } from "../../args/command.ts";
import type { ECR_LOGOUT_FLAGS } from "./command.ts";
import { paintFor } from "../../output/paint.ts";
import { printable } from "../../output/text.ts";
import { warns } from "../../output/report.ts";
import { findAuthor } from "../../provision/author.ts";
import { ecrHosts } from "../../ecr/targets.ts";
import { endWith } from "../../ecr/end_with.ts";

type LogoutInput = Input<typeof ECR_LOGOUT_FLAGS>;

/** `atmos aws ecr logout`: docker forgets passwords of ECR; those of other users than AWS stay. Throws as endWith. */
export async function runAwsEcrLogout(
  host: ConfigHost & StoreHost & Needs<"env" | "run" | "terminal">,
  input: LogoutInput,
): Promise<number> {
  const path = dockerConfigFile(host);
  const { flags, globals } = input;
  const registries = await ownRegistries(host, { path, input });
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

/** The registries that are meant, but for those that another configuration has logged docker in to: it may need them. */
async function ownRegistries(
  host: ConfigHost & Needs<"env" | "terminal">,
  { path, input }: { readonly path: string; readonly input: LogoutInput },
): Promise<readonly string[]> {
  const { globals } = input;
  const { registries, by } = await ecrHosts(host, input);
  if (by === undefined) return registries;
  const { location } = await findAuthor(host, { ...by, globals });
  const ownerOf = loginOwners(host, path);
  return registries.filter((registry) => {
    const owner = ownerOf(registry);
    const isOwn = !isElsewhere(owner, location);
    if (!isOwn && warns(globals)) {
      const why = `it was made with ${owner!.configLocation}`;
      host.terminal.err(printable(`Kept: docker's login at ${registry}: ${why}`) + "\n");
      host.terminal.err(`Hint: To remove it all the same: atmos aws ecr logout --registry ${registry}\n`);
    }
    return isOwn;
  });
}
