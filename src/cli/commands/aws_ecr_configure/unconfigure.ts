import { renderHints } from "../../output/remedy.ts";
import { nameCommand, remedy } from "../../../remedy.ts";
import type { DockerConfig } from "../../../docker/docker_config.ts";
import { isOurs } from "../../../docker/docker_credential.ts";
import { findHolder, type Holder } from "../../../docker/holder.ts";
import { dockerConfigFile } from "../../../docker/locate.ts";
import { forgetRecorded, helpersElsewhere, loginOwners } from "../../../docker/login_record.ts";
import { makeAsker } from "../../ecr/login_asker.ts";
import { helperRemoval } from "../../../docker/registry_edits.ts";
import { loadDockerConfig, previewDockerConfig, saveDockerConfig } from "../../../docker/save.ts";
import { join } from "../../../store/paths.ts";
import { ecrHosts } from "../../ecr/targets.ts";
import { paintFor } from "../../output/paint.ts";
import { warns } from "../../output/report.ts";
import { printable } from "../../output/text.ts";
import { loadProjectAuth } from "../../project/load.ts";
import { findAuthor } from "../../provision/author.ts";
import { describeHolder } from "../../output/docker_holder.ts";
import { binCandidates, isOfTree, launcherIsAt, launcherName, removeLauncher, treeDigest } from "./launcher.ts";
import type { ConfigureHost, ConfigureInput } from "./run.ts";

/**
 * `atmos aws ecr configure --remove`: docker asks us no longer, but the program that it asked before, if any; programs of
 * ours that no registry needs go, too. What another configuration or the user has named stays, unless the registry is
 * named.
 */
export async function stopAsking(host: ConfigureHost, input: ConfigureInput): Promise<number> {
  const { flags, globals } = input;
  const path = dockerConfigFile(host);
  const config = loadDockerConfig(host, path);
  const { registries, tree, isNone } = await listOwnRegistries(host, { input, path, config });
  const programs = idlePrograms(host, { input, config, registries, tree });
  if (isNone) host.terminal.err("Nothing to remove: docker does not ask atmos for any of them.\n");
  const ownerAt = loginOwners(host, path);
  const removals = registries.map((registry) => ({ registry, former: ownerAt(registry)?.former }));
  const plan = (now: DockerConfig) => removals.map((one) => helperRemoval(now, one));
  const change = { path, holdsSecret: false, plan };
  if (flags["dry-run"] || registries.length === 0) {
    if (registries.length > 0) previewDockerConfig(host, change);
    for (const one of [...registries, ...programs]) host.terminal.err(`Would remove ${printable(one)}\n`);
    return 0;
  }
  await saveDockerConfig(host, change);
  await forgetRecorded(host, registries.map((registry) => ({ file: path, registry })));
  for (const program of programs) removeLauncher(host, program);
  const check = paintFor(host, { stream: "stderr", globals })("green", "✓");
  for (const { registry, former } of removals) {
    const again = former === undefined ? "" : `, but docker-credential-${former} again`;
    host.terminal.err(`${check} ${printable(`Docker no longer asks atmos for ${registry}${again}`)}\n`);
  }
  return 0;
}

interface Own {
  readonly registries: readonly string[];
  /** Of the configuration, as treeDigest gives it; undefined where the registries were named: then it does not matter. */
  readonly tree: string | undefined;
  /** Whether docker asks this program for none of those that are meant, no matter who named it. */
  readonly isNone: boolean;
}

async function listOwnRegistries(
  host: ConfigureHost,
  { input, path, config }: {
    readonly input: ConfigureInput;
    readonly path: string;
    readonly config: DockerConfig;
  },
): Promise<Own> {
  const { flags, args, globals } = input;
  const asked = config.registriesOf(isOurs);
  const isEach = args.length === 0 && flags.registry.length === 0 && !flags.public && !flags.all;
  const { registries: wanted, by } = isEach
    ? { registries: asked, by: await loadProjectAuth(host, globals) }
    : await ecrHosts(host, input);
  const meant = asked.filter((registry) => wanted.includes(registry));
  const isNone = meant.length === 0;
  if (by === undefined) return { registries: meant, tree: undefined, isNone };
  const { location: configLocation } = await findAuthor(host, { ...by, globals });
  const ownerAt = loginOwners(host, path);
  const registries: string[] = [];
  for (const registry of meant) {
    const record = ownerAt(registry);
    const asker = await makeAsker({ model: by.model, configLocation }, record);
    const about = { config, registry, record, asker, now: host.clock.now() };
    const holder = await findHolder(about);
    if (holder.kind === "own") registries.push(registry);
    else if (warns(globals)) reportKept(host, { registry, holder });
  }
  return { registries, tree: await treeDigest(configLocation), isNone };
}

function reportKept(
  host: ConfigureHost,
  { registry, holder }: { readonly registry: string; readonly holder: Holder },
): void {
  host.terminal.err(printable(`Kept: docker's credential helper for ${registry}: ${describeHolder(holder)}`) + "\n");
  const command = nameCommand("aws", "ecr", "configure", "--remove", "--registry", registry);
  host.terminal.err(renderHints(host, { hint: remedy`To remove it anyway: ${command}` }));
}

/** The programs that no other registry needs, in no file of docker's, and of this configuration. */
function idlePrograms(
  host: ConfigureHost,
  { input, config, registries, tree }: Omit<Own, "isNone"> & {
    readonly input: ConfigureInput;
    readonly config: DockerConfig;
  },
): readonly string[] {
  const others = config.registriesOf(isOurs).filter((one) => !registries.includes(one));
  const needed = new Set([...others.map(config.helperOf), ...helpersElsewhere(host, dockerConfigFile(host))]);
  const idle = new Set(registries.map((one) => config.helperOf(one)!).filter((helper) => !needed.has(helper)));
  return binCandidates(host, input.flags["bin-dir"])
    .flatMap((directory) => [...idle].map((helper) => join(directory, launcherName(host.sys.os, helper))))
    .filter((program) => launcherIsAt(host, program))
    .filter((program) => tree === undefined || isOfTree(new TextDecoder().decode(host.read.bytes(program)), { tree }));
}
