import { isOurs } from "../../../docker/docker_credential.ts";
import { dockerConfigFile } from "../../../docker/locate.ts";
import { helperRemoval } from "../../../docker/registry_edits.ts";
import { loadDockerConfig, saveDockerConfig } from "../../../docker/save.ts";
import { join } from "../../../store/paths.ts";
import { paintFor } from "../../output/paint.ts";
import { printable } from "../../output/printable.ts";
import { binCandidates } from "./bin_directory.ts";
import type { ConfigureHost, ConfigureInput } from "./configure_ecr.ts";
import { ecrHosts } from "./ecr_targets.ts";
import { launcherIsAt, removeLauncher } from "./launcher.ts";
import { launcherName } from "./launcher_text.ts";

/** `atmos aws ecr configure --remove`: docker asks us no longer; programs that no registry needs go, too. */
export async function stopAsking(host: ConfigureHost, input: ConfigureInput): Promise<number> {
  const { flags, args, globals } = input;
  const path = dockerConfigFile(host);
  const config = loadDockerConfig(host, path);
  const ours = config.registriesOf(isOurs);
  const isEach = args.length === 0 && flags.registry.length === 0 && !flags.public && !flags.all;
  const wanted = isEach ? ours : await ecrHosts(host, input);
  const registries = ours.filter((registry) => wanted.includes(registry));
  const staying = new Set(ours.filter((one) => !registries.includes(one)).map((one) => config.helperOf(one)));
  const idle = new Set(registries.map((one) => config.helperOf(one)!).filter((helper) => !staying.has(helper)));
  const programs = binCandidates(host, flags["bin-dir"])
    .flatMap((directory) => [...idle].map((helper) => join(directory, launcherName(host.sys.os, helper))))
    .filter((program) => launcherIsAt(host, program));
  if (registries.length === 0) host.terminal.err("Nothing to remove: docker asks atmos for none of them.\n");
  if (flags["dry-run"] || registries.length === 0) {
    for (const one of [...registries, ...programs]) host.terminal.err(`Would remove ${printable(one)}\n`);
    return 0;
  }
  await saveDockerConfig(host, {
    path,
    holdsSecret: false,
    plan: (now) => registries.map((one) => helperRemoval(now, one)),
  });
  for (const program of programs) removeLauncher(host, program);
  const check = paintFor(host, { stream: "stderr", globals })("green", "✓");
  for (const one of registries) host.terminal.err(`${check} Docker no longer asks atmos for ${one}\n`);
  return 0;
}
