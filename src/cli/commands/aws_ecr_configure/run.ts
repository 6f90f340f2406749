import { quotePosixVisibly } from "../../../formats/text/shell_quote.ts";
import type { ConfigHost } from "../../../config/load_config.ts";
import type { EcrRegistry } from "../../../aws/ecr/ecr_registry.ts";
import { AppError } from "../../../errors.ts";
import type { DockerConfig } from "../../../docker/docker_config.ts";
import { isOurs } from "../../../docker/docker_credential.ts";
import { findHolder, type Holder } from "../../../docker/holder.ts";
import { dockerConfigFile } from "../../../docker/locate.ts";
import { findFingerprint, makeAsker } from "../../ecr/login_asker.ts";
import { loginOwners, type RecordedLogin, recordLogins } from "../../../docker/login_record.ts";
import { helperEdits } from "../../../docker/registry_edits.ts";
import { loadDockerConfig, previewDockerConfig, saveDockerConfig } from "../../../docker/save.ts";
import type { Needs } from "../../../host/host.ts";
import { join } from "../../../store/paths.ts";
import type { StoreHost } from "../../../store/replace.ts";
import type { ConfigModel } from "../../../integrations/contract/model.ts";
import type { Input } from "../../args/command.ts";
import type { ECR_CONFIGURE_FLAGS } from "./command.ts";
import { isWithoutIdentity } from "../../args/global_flags.ts";
import { loadProjectAuth } from "../../project/load.ts";
import { findAuthor } from "../../provision/author.ts";
import { configFlags } from "../../provision/config_flags.ts";
import { holderLines } from "../../output/docker_holder.ts";
import { warnOfHidden } from "../../provision/warn_of_hidden.ts";
import { paintFor } from "../../output/paint.ts";
import { warns } from "../../output/report.ts";
import { printable } from "../../output/text.ts";
import {
  binCandidates,
  binDirectory,
  helperName,
  isOfTree,
  type Launcher,
  launcherIsAt,
  launcherName,
  launcherText,
  treeDigest,
  writeLauncher,
} from "./launcher.ts";
import { takenNames } from "./taken_names.ts";
import { type EcrTarget, ecrTargets, namesRegistries } from "../../ecr/targets.ts";
import { endWith } from "../../ecr/exit_status.ts";
import { findPullIdentity } from "../../ecr/pull_identity.ts";

export type ConfigureInput = Input<typeof ECR_CONFIGURE_FLAGS>;
export type ConfigureHost = ConfigHost & StoreHost & Needs<"env" | "terminal" | "clock">;

/** A registry with the program that docker is to ask for it. */
interface Assigned extends Launcher {
  readonly registry: string;
  readonly helper: string;
  /** Where the program says whom it is for. */
  readonly identity: string | undefined;
  /** Another program that docker asks now, and no longer. */
  readonly former: string | undefined;
  readonly record: RecordedLogin;
}

/**
 * `atmos aws ecr configure`: docker asks this program whenever it needs a password, and none is kept. What another
 * configuration or the user has put there stays, unless the registry is named. The last failure is thrown at the end.
 */
export async function runAwsEcrConfigure(host: ConfigureHost, input: ConfigureInput): Promise<number> {
  if (input.flags.remove) {
    const { stopAsking } = await import("./unconfigure.ts");
    return await stopAsking(host, input);
  }
  const { targets, undecided } = await ecrTargets(host, { ...input, isForLater: true });
  const path = dockerConfigFile(host);
  const tree = await launcherTree(host, input);
  const found = await lookedUp(host, { targets, path, location: tree.location });
  const isHeld = ({ holder }: FoundHelper) => holder.kind === "user" || holder.kind === "other";
  const held = namesRegistries(input) ? [] : found.filter(isHeld);
  const meant = found.filter((one) => !held.includes(one));
  const registries = meant.map(({ target }) => target.host);
  const isTaken = takenNames(host, { path, location: tree.location, registries });
  const assigned: Assigned[] = [];
  for (const one of meant) assigned.push(await assign(host, { found: one, input, tree: { ...tree, isTaken }, path }));
  if (assigned.length > 0) await configure(host, { input, assigned, path });
  if (warns(input.globals)) {
    held.flatMap((one) => heldLines(host, one)).forEach((line) => host.terminal.err(`${line}\n`));
  }
  warnOfHidden(host, { registries: assigned.map(({ registry }) => registry), globals: input.globals });
  return endWith(host, { errors: undecided.map(({ error }) => error), globals: input.globals });
}

/** The configuration that the programs are of. */
interface LauncherTree {
  readonly location: string | undefined;
  readonly digest: string;
  /** Flags that find it again. */
  readonly flags: readonly string[];
  /** Whether a name is one of a program that others need. */
  readonly isTaken: (helper: string) => boolean;
}

async function launcherTree(
  host: ConfigureHost,
  { globals }: ConfigureInput,
): Promise<Omit<LauncherTree, "isTaken">> {
  const auth = await loadProjectAuth(host, globals);
  const { location } = await findAuthor(host, { ...auth, globals });
  const flags = configFlags(host, { globals, config: auth.config });
  return { location, digest: await treeDigest(location), flags };
}

/** A registry, and what docker has for it. */
interface FoundHelper {
  readonly target: EcrTarget;
  readonly holder: Holder;
  readonly record: RecordedLogin | undefined;
  readonly helper: string;
}

async function lookedUp(
  host: ConfigureHost,
  { targets, path, location: configLocation }: {
    readonly targets: readonly EcrTarget[];
    readonly path: string;
    readonly location: string | undefined;
  },
): Promise<readonly FoundHelper[]> {
  const config = loadDockerConfig(host, path);
  const ownerAt = loginOwners(host, path);
  const now = host.clock.now();
  return await Promise.all(targets.map(async (target): Promise<FoundHelper> => {
    const { host: registry, as } = target;
    const record = ownerAt(registry);
    const asker = await makeAsker({ model: as?.model, configLocation, identity: as?.identity }, record);
    const holder = await findHolder({ config, registry, record, asker, now });
    return { target, record, holder, helper: config.helperOf(registry) ?? "" };
  }));
}

function heldLines(
  host: Needs<never>,
  { target: { host: registry, integration }, holder, helper }: FoundHelper,
): readonly string[] {
  return holderLines(host, { registry, integration, holder, helper, command: "configure" });
}

async function configure(
  host: ConfigureHost,
  { input, assigned, path }: {
    readonly input: ConfigureInput;
    readonly assigned: readonly Assigned[];
    readonly path: string;
  },
): Promise<void> {
  const bin = binDirectory(host, input.flags["bin-dir"]);
  const launchers = [...new Map(assigned.map((one) => [one.path, one])).values()];
  const plan = (config: DockerConfig) => assigned.flatMap((one) => helperEdits(config, one));
  const change = { path, holdsSecret: false, plan };
  if (input.flags["dry-run"]) {
    previewDockerConfig(host, change);
    return foretell(host, { assigned, path, launchers: launchers.map((one) => one.path) });
  }
  for (const launcher of launchers) await writeLauncher(host, launcher);
  await saveDockerConfig(host, change);
  await recordLogins(host, assigned.map(({ record }) => record));
  tell(host, { input, assigned });
  if (!bin.onPath) host.terminal.err(`Hint: docker looks for programs on PATH: ${onPath(host, bin.path)}\n`);
}

function onPath({ sys }: Needs<"sys">, directory: string): string {
  if (sys.os === "windows") return `put ${printable(directory)} on it, and open a new terminal`;
  return `export PATH=${quotePosixVisibly(directory)}:"$PATH"`;
}

async function assign(
  host: ConfigureHost,
  { found, input, tree, path }: {
    readonly found: FoundHelper;
    readonly input: ConfigureInput;
    readonly tree: LauncherTree;
    readonly path: string;
  },
): Promise<Assigned> {
  const { target: { host: registry, as }, holder, record, helper: now } = found;
  const identity = launcherIdentity(found.target, { input, tree });
  const launcher = await nameLauncher(host, { input, tree, identity });
  const { helper } = launcher;
  const former = now === "" || now === helper || holder.kind === "own" ? undefined : now;
  const fingerprint = as && await findFingerprint(as.model, as.identity);
  const owner = { identity: as?.identity ?? null, configLocation: tree.location, fingerprint };
  // What was there before us is what there is after us.
  const before = holder.kind === "own" ? record?.former : former !== undefined && !isOurs(former) ? former : undefined;
  return {
    ...launcher,
    registry,
    identity,
    former,
    record: { file: path, registry, ...owner, helper, former: before },
  };
}

/** Undefined where atmos.yaml says the same by itself. */
function launcherIdentity(
  { registry, as }: EcrTarget,
  { input: { globals }, tree }: { readonly input: ConfigureInput; readonly tree: LauncherTree },
): string | undefined {
  // Without a word of its own, the program would ask atmos.yaml: without any, that of whatever directory docker is in.
  if (isWithoutIdentity(globals) || (as === undefined && tree.location === undefined)) return "false";
  const model = as?.model as ConfigModel | undefined;
  const usual = model === undefined ? undefined : usualPuller(model, registry);
  return usual?.toLowerCase() === as?.identity.toLowerCase() ? undefined : as?.identity;
}

/** Programs of another configuration, wherever docker would find them, have the usual name for themselves. */
async function nameLauncher(
  host: ConfigureHost,
  { input, tree, identity }: {
    readonly input: ConfigureInput;
    readonly tree: LauncherTree;
    readonly identity: string | undefined;
  },
): Promise<Launcher & { readonly helper: string }> {
  const { os } = host.sys;
  const usual = await helperName(tree.location === undefined && identity === "false" ? undefined : identity);
  const { path: directory } = binDirectory(host, input.flags["bin-dir"]);
  const directories = [directory, ...binCandidates(host, undefined)];
  const wanted = launcherText({ os, self: host.sys.self(), flags: tree.flags, identity, tree: tree.digest });
  const isFree = !tree.isTaken(usual) &&
    directories.map((one) => join(one, launcherName(os, usual))).filter((one) => launcherIsAt(host, one))
      .every((one) => isOfTree(new TextDecoder().decode(host.read.bytes(one)), { tree: tree.digest, wanted }));
  const helper = isFree ? usual : `${usual}-${tree.digest || "default"}`;
  return { helper, path: join(directory, launcherName(os, helper)), text: wanted };
}

/** Where nothing says which of several identities it is, the program must. */
function usualPuller(model: ConfigModel, registry: EcrRegistry): string | undefined {
  try {
    // What the user's own files come to is not to be found again by flags that name others, too.
    return findPullIdentity({ ...model, usual: undefined }, { registry, preferred: undefined });
  } catch (error) {
    if (error instanceof AppError && error.code === "identity-not-found") return undefined;
    throw error;
  }
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

function tell(
  host: ConfigureHost,
  { input, assigned }: { readonly input: ConfigureInput; readonly assigned: readonly Assigned[] },
): void {
  const check = paintFor(host, { stream: "stderr", globals: input.globals })("green", "✓");
  for (const { registry, helper, former } of assigned) {
    const instead = former === undefined ? "" : `, no longer docker-credential-${printable(former)}`;
    host.terminal.err(`${check} Docker asks docker-credential-${helper} for ${registry}${instead}\n`);
  }
}
