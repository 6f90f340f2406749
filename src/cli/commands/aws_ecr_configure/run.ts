import type { ConfigHost } from "../../../config/load_config.ts";
import type { EcrRegistry } from "../../../aws/ecr/ecr_registry.ts";
import { AppError } from "../../../errors.ts";
import type { DockerConfig } from "../../../docker/docker_config.ts";
import { isOurs } from "../../../docker/docker_credential.ts";
import { helperEdits, helperRemoval } from "../../../docker/registry_edits.ts";
import { dockerConfigFile } from "../../../docker/locate.ts";
import { loadDockerConfig, previewDockerConfig, saveDockerConfig } from "../../../docker/save.ts";
import type { Needs } from "../../../host/host.ts";
import { join } from "../../../store/paths.ts";
import type { StoreHost } from "../../../store/replace.ts";
import type { ConfigModel } from "../../../integrations/contract/model.ts";
import type { Input } from "../../args/command.ts";
import type { ECR_CONFIGURE_FLAGS } from "./command.ts";
import { isWithoutIdentity } from "../../args/global_flags.ts";
import { authOf } from "../../project/load.ts";
import { configFlags } from "../../provision/config_flags.ts";
import { paintFor } from "../../output/paint.ts";
import { printable } from "../../output/text.ts";
import {
  binCandidates,
  binDirectory,
  helperName,
  launcherIsAt,
  launcherName,
  launcherText,
  removeLauncher,
  writeLauncher,
} from "./launcher.ts";
import { ecrHosts, type EcrTarget, ecrTargets } from "../../ecr/targets.ts";
import { endWith } from "../../ecr/end_with.ts";
import { pullerOf } from "../../ecr/puller_of.ts";
import { warnOfHidden } from "../../provision/warn_of_hidden.ts";

export type ConfigureInput = Input<typeof ECR_CONFIGURE_FLAGS>;
export type ConfigureHost = ConfigHost & StoreHost & Needs<"env" | "terminal">;

/** A registry with the program that docker is to ask for it. */
interface Assigned {
  readonly registry: string;
  readonly helper: string;
  /** Where the program says whom it is for. */
  readonly identity: string | undefined;
  /** Another program that docker asks now, and no longer. */
  readonly former: string | undefined;
}

/**
 * `atmos aws ecr configure`: docker asks this program whenever it needs a password, and none is kept. The last failure is
 * thrown at the end.
 */
export async function runAwsEcrConfigure(host: ConfigureHost, input: ConfigureInput): Promise<number> {
  if (input.flags.remove) return await stopAsking(host, input);
  const { targets, undecided } = await ecrTargets(host, { ...input, isForLater: true });
  const path = dockerConfigFile(host);
  const assigned = await assignedTo(targets, { config: loadDockerConfig(host, path), globals: input.globals });
  if (assigned.length > 0) await assign(host, { input, assigned, path });
  warnOfHidden(host, { registries: assigned.map(({ registry }) => registry), globals: input.globals });
  return endWith(host, { errors: undecided.map(({ error }) => error), globals: input.globals });
}

interface Assigning {
  readonly input: ConfigureInput;
  readonly assigned: readonly Assigned[];
  /** Docker's config.json. */
  readonly path: string;
}

async function assign(host: ConfigureHost, { input, assigned, path }: Assigning): Promise<void> {
  const bin = binDirectory(host, input.flags["bin-dir"]);
  const launchers = await launchersOf(host, { input, assigned, directory: bin.path });
  const plan = (config: DockerConfig) => assigned.flatMap((one) => helperEdits(config, one));
  const change = { path, holdsSecret: false, plan };
  if (input.flags["dry-run"]) {
    previewDockerConfig(host, change);
    return foretell(host, { assigned, path, launchers: launchers.map((one) => one.path) });
  }
  for (const launcher of launchers) await writeLauncher(host, launcher);
  await saveDockerConfig(host, change);
  tell(host, { input, assigned });
  if (!bin.onPath) host.terminal.err(`Hint: docker looks for programs on PATH: ${onPath(host, bin.path)}\n`);
}

function onPath({ sys }: Needs<"sys">, directory: string): string {
  const path = printable(directory);
  return sys.os === "windows" ? `put ${path} on it, and open a new terminal` : `export PATH="${path}:$PATH"`;
}

async function assignedTo(
  targets: readonly EcrTarget[],
  { config, globals }: { readonly config: DockerConfig; readonly globals: ConfigureInput["globals"] },
): Promise<readonly Assigned[]> {
  // Without a word of its own, the program would ask atmos.yaml.
  const none = isWithoutIdentity(globals) ? "false" : undefined;
  return await Promise.all(targets.map(async ({ registry, host: name, as }: EcrTarget): Promise<Assigned> => {
    const model = as?.model as ConfigModel | undefined;
    const usual = model === undefined ? undefined : usualPuller(model, registry);
    const identity = none ?? (usual?.toLowerCase() === as?.identity.toLowerCase() ? undefined : as?.identity);
    const now = config.helperOf(name) ?? "";
    const former = now === "" || isOurs(now) ? undefined : now;
    return { registry: name, helper: await helperName(identity), identity, former };
  }));
}

/** Where nothing says which of several identities it is, the program must. */
function usualPuller(model: ConfigModel, registry: EcrRegistry): string | undefined {
  try {
    return pullerOf(model, { registry, preferred: undefined });
  } catch (error) {
    if (error instanceof AppError && error.code === "identity-not-found") return undefined;
    throw error;
  }
}

interface Launching {
  readonly input: ConfigureInput;
  readonly assigned: readonly Assigned[];
  readonly directory: string;
}

async function launchersOf(host: ConfigureHost, { input, assigned, directory }: Launching) {
  const { config } = await authOf(host, input.globals);
  const flags = configFlags(host, { globals: input.globals, config });
  const { os } = host.sys;
  const self = host.sys.self();
  const each = new Map(assigned.map(({ helper, identity }) => [helper, identity]));
  return [...each].map(([helper, identity]) => ({
    path: join(directory, launcherName(os, helper)),
    text: launcherText({ os, self, flags, identity }),
  }));
}

function foretell(
  host: ConfigureHost,
  { assigned, path, launchers }: {
    readonly assigned: readonly Assigned[];
    readonly path: string;
    readonly launchers: readonly string[];
  },
): void {
  for (const launcher of launchers) host.terminal.err(`Would write ${printable(launcher)}\n`);
  for (const { registry, helper, former } of assigned) {
    const instead = former === undefined ? "" : `, no longer ${JSON.stringify(former)},`;
    host.terminal.err(`${printable(`Would set credHelpers "${registry}" to "${helper}"${instead} in ${path}`)}\n`);
  }
}

function tell(host: ConfigureHost, { input, assigned }: Omit<Launching, "directory">): void {
  const check = paintFor(host, { stream: "stderr", globals: input.globals })("green", "✓");
  for (const { registry, helper, former } of assigned) {
    const instead = former === undefined ? "" : `, no longer docker-credential-${printable(former)}`;
    host.terminal.err(`${check} Docker asks docker-credential-${helper} for ${registry}${instead}\n`);
  }
}

/** `atmos aws ecr configure --remove`: docker asks us no longer; programs that no registry needs go, too. */
async function stopAsking(host: ConfigureHost, input: ConfigureInput): Promise<number> {
  const { flags, args, globals } = input;
  const path = dockerConfigFile(host);
  const config = loadDockerConfig(host, path);
  const ours = config.registriesOf(isOurs);
  const isEach = args.length === 0 && flags.registry.length === 0 && !flags.public && !flags.all;
  const wanted = isEach ? ours : (await ecrHosts(host, input)).registries;
  const registries = ours.filter((registry) => wanted.includes(registry));
  const staying = new Set(ours.filter((one) => !registries.includes(one)).map((one) => config.helperOf(one)));
  const idle = new Set(registries.map((one) => config.helperOf(one)!).filter((helper) => !staying.has(helper)));
  const programs = binCandidates(host, flags["bin-dir"])
    .flatMap((directory) => [...idle].map((helper) => join(directory, launcherName(host.sys.os, helper))))
    .filter((program) => launcherIsAt(host, program));
  if (registries.length === 0) host.terminal.err("Nothing to remove: docker asks atmos for none of them.\n");
  const plan = (now: DockerConfig) => registries.map((one) => helperRemoval(now, one));
  const change = { path, holdsSecret: false, plan };
  if (flags["dry-run"] || registries.length === 0) {
    if (registries.length > 0) previewDockerConfig(host, change);
    for (const one of [...registries, ...programs]) host.terminal.err(`Would remove ${printable(one)}\n`);
    return 0;
  }
  await saveDockerConfig(host, change);
  for (const program of programs) removeLauncher(host, program);
  const check = paintFor(host, { stream: "stderr", globals })("green", "✓");
  for (const one of registries) host.terminal.err(`${check} Docker no longer asks atmos for ${one}\n`);
  return 0;
}
