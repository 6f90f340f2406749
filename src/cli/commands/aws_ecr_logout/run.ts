import { renderHints } from "../../output/remedy.ts";
import { nameCommand, remedy } from "../../../remedy.ts";
import type { ConfigHost } from "../../../config/load_config.ts";
import { forgetLogins } from "../../../docker/forget_logins.ts";
import { dockerConfigFile } from "../../../docker/locate.ts";
import { makesPasswords } from "../../../docker/docker_credential.ts";
import { findLoginHolder, type Holder } from "../../../docker/holder.ts";
import { loginOwners } from "../../../docker/login_record.ts";
import { makeAsker } from "../../ecr/login_asker.ts";
import { loadDockerConfig } from "../../../docker/save.ts";
import { AppError } from "../../../errors.ts";
import type { Needs } from "../../../host/host.ts";
import { describeInterrupted, removeInterrupted } from "../../login/interrupted_runs.ts";
import { findLeftoverBeside } from "../../../store/leftovers.ts";
import type { StoreHost } from "../../../store/replace.ts";
import type { Input } from "../../args/command.ts";
import type { ECR_LOGOUT_FLAGS } from "./command.ts";
import { paintFor } from "../../output/paint.ts";
import { printable } from "../../output/text.ts";
import { warns } from "../../output/report.ts";
import { describeHolder } from "../../output/docker_holder.ts";
import { findAuthor } from "../../provision/author.ts";
import { ecrHosts } from "../../ecr/targets.ts";
import { endWith } from "../../ecr/exit_status.ts";

type LogoutInput = Input<typeof ECR_LOGOUT_FLAGS>;

/** `atmos aws ecr logout`: docker forgets passwords of ECR; those of other users than AWS stay. Throws as endWith. */
export async function runAwsEcrLogout(
  host: ConfigHost & StoreHost & Needs<"env" | "run" | "terminal" | "clock">,
  input: LogoutInput,
): Promise<number> {
  const path = dockerConfigFile(host);
  const { flags, globals } = input;
  const { registries, isNamed } = await listOwnRegistries(host, { path, input });
  const forgotten = await forgetLogins(host, { path, registries, dryRun: flags["dry-run"], isNamed });
  const check = paintFor(host, { stream: "stderr", globals })("green", "✓");
  registries.forEach((registry, at) => {
    const found = forgotten[at]!;
    if (found === "changed" && warns(globals)) reportKept(host, { registry, holder: { kind: "user" } });
    if (found === false) host.terminal.err(`Nothing to remove: docker is not logged in to ${registry}.\n`);
    if (found !== true) return;
    host.terminal.err(flags["dry-run"] ? `Would log out of ${registry}\n` : `${check} Logged out of ${registry}\n`);
  });
  const left = clearInterrupted(host, { path, dryRun: flags["dry-run"] });
  return endWith(host, { errors: [...forgotten.filter((one) => one instanceof AppError), ...left], globals });
}

/** Says what becomes of the passwords that a killed login has left beside docker's file; returns why one stays. */
function clearInterrupted(
  host: Needs<"read" | "write" | "terminal">,
  { path, dryRun }: { readonly path: string; readonly dryRun: boolean },
): readonly AppError[] {
  const found = findLeftoverBeside(host, path);
  const { removed, left } = dryRun ? { removed: found, left: [] } : removeInterrupted(host, found);
  for (const one of removed) {
    host.terminal.err(`${dryRun ? "Would remove" : "Removed"}: ${printable(describeInterrupted(one))}\n`);
  }
  return left.map(({ message, hint }) => new AppError("docker-config", message, { hint }));
}

/** The registries that are meant, but for those where docker's login is another's, unless they are named themselves. */
async function listOwnRegistries(
  host: ConfigHost & Needs<"env" | "terminal" | "clock">,
  { path, input }: { readonly path: string; readonly input: LogoutInput },
): Promise<{ readonly registries: readonly string[]; readonly isNamed: boolean }> {
  const { globals } = input;
  const { registries, by } = await ecrHosts(host, input);
  if (by === undefined) return { registries, isNamed: true };
  const { location: configLocation } = await findAuthor(host, { ...by, globals });
  const config = loadDockerConfig(host, path);
  const ownerAt = loginOwners(host, path);
  const own: string[] = [];
  for (const registry of registries) {
    const record = ownerAt(registry);
    const asker = await makeAsker({ model: by.model, configLocation }, record);
    const about = { config, registry, record, asker, now: host.clock.now() };
    const holder = await findLoginHolder(about);
    // Of what a program makes there is nothing to remove.
    const isMade = makesPasswords(config.storeOf(registry)?.helper ?? "");
    if (isMade || holder.kind === "none" || holder.kind === "own") own.push(registry);
    else if (warns(globals)) reportKept(host, { registry, holder });
  }
  return { registries: own, isNamed: false };
}

function reportKept(
  host: Needs<"terminal">,
  { registry, holder }: { readonly registry: string; readonly holder: Holder },
): void {
  host.terminal.err(printable(`Kept: docker's login at ${registry}: ${describeHolder(holder)}`) + "\n");
  const command = nameCommand("aws", "ecr", "logout", "--registry", registry);
  host.terminal.err(renderHints(host, { hint: remedy`To remove it anyway: ${command}` }));
}
