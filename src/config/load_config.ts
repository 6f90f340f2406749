import { join } from "../store/paths.ts";
import { earlyBasePath, locateBasePath } from "./base_path.ts";
import type { AppError } from "../errors.ts";
import { revealFetched } from "../hidden_texts.ts";
import { ignoredLogFile } from "./checks/shared_log.ts";
import { caseClashes, unknownKeys } from "./checks/keys.ts";
import { closedPlaces, findSources, findStrangersAbove, type Source } from "./sources.ts";
import { type Commands, ConfigReader } from "./config_reader.ts";
import { overrideFromEnv } from "./env_overrides.ts";
import { listFoundFiles } from "./found_files.ts";
import { findLoginSource, unusualName } from "./login_sources.ts";
import { ImportTree, type Layer, mergeLayers, toProblem } from "./import_tree.ts";
import type { LocatedMap, Problem } from "./values/located.ts";
import { type SkippedImport, skippedProblem } from "./values/skipped_import.ts";
import { isDirectoryThere } from "./files/file_checks.ts";
import { CONFIG_NAMES } from "./files/file_checks.ts";
import { valueAt } from "./values/look_up.ts";
import { type OwnConfig, OwnFiles } from "./own_changes.ts";
import {
  chooseProfiles,
  type ChosenProfile,
  findOwnProfile,
  isInSaidPlace,
  makeProfileError,
  profileChoices,
  profileDirectory,
} from "./profiles.ts";
import { personalDirectory, systemDirectory } from "./trust/trusted_places.ts";
import { trustCommand } from "./trust/trust_command.ts";
import { TrustGate, type UntrustedPower } from "./trust/trust_gate.ts";
import type { Power } from "./schema/powers.ts";
import type { FunctionHost } from "./functions/yaml_functions.ts";

export type ConfigHost = FunctionHost;

export interface ConfigInput {
  /** `--config`; with these or directories named, nothing is looked for. */
  readonly configFiles: readonly string[];
  /** `--config-path`. */
  readonly configDirectories: readonly string[];
  /** `--config-profile`; when empty, ATMOS_PROFILE and then `profiles.default` say which. */
  readonly profiles: readonly string[];
  /** `--base-path`. */
  readonly basePath?: string;
  /** Asked before a command of the working tree runs (`!exec`); without it, only trusted ones run. */
  readonly trust?: TrustGate;
  /** Files and imports that cannot be read become problems like others; the rest is read all the same. */
  readonly everyProblem?: boolean;
}

export interface LoadedConfig {
  readonly root: LocatedMap;
  /** Every file that took part, the weakest first; later ones win. */
  readonly files: readonly string[];
  /** What is wrong with the values' functions and names; the values' own rules are checked by those who use them. */
  readonly problems: readonly Problem[];
  /** Absolute: where the paths of the configuration start. */
  readonly basePath: string;
  /** Absolute: where the strongest configuration lies, or the current directory when there is none. */
  readonly directory: string;
  /** The same of what logins are of: of the user's own files where these alone say something of logins. */
  readonly loginDirectory: string;
  /** The name of its strongest file that says something of logins, where that is none of the usual ones. */
  readonly loginFile: string | undefined;
  /** The profiles that were laid over it, in order. */
  readonly profiles: readonly string[];
  /** Remote imports, which are not fetched: each is a problem, a warning. */
  readonly skippedImports: readonly SkippedImport[];
  /** What needs trust where anything of the configuration is used, since it decides by something beyond the tree which files count. */
  readonly choices: readonly Power[];
  /** What the user's own files say without any others; undefined where there are none, or no others. */
  readonly own: OwnConfig | undefined;
  readonly ownFiles: OwnFiles;
  /** Commands of `!exec` that did not run, since they are not trusted. */
  readonly notRun: readonly UntrustedPower[];
}

/** Returns where the strongest atmos.yaml that logins are of lies, which is what names a realm; undefined when none was found. */
export function findDirectoryNamed(
  { files, loginDirectory }: Pick<LoadedConfig, "files" | "loginDirectory">,
): string | undefined {
  return files.length === 0 ? undefined : loginDirectory;
}

/** More rounds mean that each command names files with further commands. */
const MOST_ROUNDS = 10;

/**
 * The configuration as all its files, profiles and variables say together; empty when there is none.
 * AppError "config-not-found" for a file, directory or profile that was named and is not there, "config-invalid" for
 * a file or import that cannot be read, "untrusted" as `trust` says. Permissions: read, env, sys, and run for `!exec`.
 */
export async function loadConfig(host: ConfigHost, input: ConfigInput): Promise<LoadedConfig> {
  const gate = input.trust ?? new TrustGate(host, { command: () => trustCommand(host, input) });
  const printed: Commands["printed"] = new Map();
  for (let round = 1;; round++) {
    const notRun: UntrustedPower[] = [];
    const mayRun = async (power: Power) => {
      const untrusted = await gate.untrusted([power]);
      for (const one of untrusted) notRun.push(one);
      return untrusted.length === 0;
    };
    try {
      const loaded = await new Loading(host, { commands: { mayRun, printed }, input }).load(input);
      if (input.trust === undefined || notRun.length === 0) {
        gate.addChoices(loaded.choices);
        return { ...loaded, notRun };
      }
    } catch (error) {
      // A file may lack just what a command would have given.
      if (input.trust === undefined || notRun.length === 0 || round === MOST_ROUNDS) throw error;
    }
    await input.trust.require(notRun);
  }
}

class Loading {
  readonly #host: ConfigHost;
  readonly #reader: ConfigReader;
  readonly #tree: ImportTree;

  readonly #own: OwnFiles;
  #sources: readonly Source[] = [];
  readonly #problems: Problem[] = [];
  #basePath: string | undefined;

  constructor(host: ConfigHost, { commands, input }: { readonly commands: Commands; readonly input: ConfigInput }) {
    this.#host = host;
    this.#own = new OwnFiles(host, () => this.#sources);
    this.#reader = new ConfigReader(host, { commands, basePath: () => this.#earlyBasePath(input) });
    const broken = (error: AppError) => void this.#problems.push(toProblem(error));
    this.#tree = new ImportTree(host, { reader: this.#reader, broken: input.everyProblem ? broken : undefined });
  }

  async load(input: ConfigInput): Promise<Omit<LoadedConfig, "notRun">> {
    const sources = this.#sources = findSources(this.#host, input);
    if (input.configFiles.length + input.configDirectories.length === 0) this.#noteClosed();
    const [layers, own]: [Layer[], Layer[]] = [[], []];
    for (const source of sources) {
      const read = await this.#source(source);
      layers.push(...read);
      // What the user's own files import is theirs to say, wherever it lies.
      if (this.#own.has(source.file ?? source.directory)) own.push(...read);
    }
    this.#own.claim(own.map(({ path }) => path));
    const directory = sources.at(-1)?.directory ?? this.#host.read.cwd();
    const before = { flag: input.profiles, root: mergeLayers(layers) };
    const profiles = chooseProfiles(this.#host, before);
    const choices = profileChoices(this.#host, before);
    await this.#layProfiles(layers, { profiles, directory, source: sources.at(-1) });
    const hasOthers = layers.some(({ path }) => !this.#own.has(path));
    if (hasOthers) own.push(...await this.#ownProfiles(own, { input, sources }));
    const { skippedImports } = this.#tree;
    const root = overrideFromEnv(this.#host, mergeLayers(layers));
    const ownConfig = own.length === 0 || !hasOthers ? undefined : this.#own.config({
      own: overrideFromEnv(this.#host, mergeLayers(own)),
      files: layers.map(({ path }) => path),
      said: profiles.map(({ by }) => by),
    });
    const login = this.#loginSource({ sources, root });
    const basePath = locateBasePath(this.#host, { root, said: input.basePath, directory });
    return {
      root,
      files: lastOnly(layers.map(({ path }) => path)),
      skippedImports,
      problems: [
        ...this.#problems,
        ...skippedImports.map(skippedProblem),
        ...this.#reader.problems,
        ...caseClashes(root),
        ...unknownKeys(root),
        ...ignoredLogFile(root),
      ],
      choices: [...this.#tree.choices, ...choices],
      own: ownConfig,
      ownFiles: this.#own,
      basePath,
      directory,
      loginDirectory: login?.directory ?? directory,
      loginFile: login?.file === undefined ? undefined : unusualName(login.file),
      profiles: profiles.map(({ name }) => name),
    };
  }

  /** Each may say where the next one is. */
  async #layProfiles(
    layers: Layer[],
    { profiles, directory, source }: {
      readonly profiles: readonly ChosenProfile[];
      readonly directory: string;
      readonly source: Source | undefined;
    },
  ): Promise<void> {
    for (const profile of profiles) {
      const root = mergeLayers(layers);
      const said = valueAt(root, ["profiles", "base_path"])?.place.file;
      const found = profileDirectory(this.#host, { profile, from: { root, directory } });
      revealFetched(profile.name);
      const from = said ?? join(directory, CONFIG_NAMES[0]!);
      const place = { directory: found, holder: directory, source };
      const isOwn = this.#own.has(found) && this.#own.hasSaid(profile.by) &&
        (!isInSaidPlace(this.#host, { root, found }) ||
          this.#own.hasSaid(valueAt(root, ["profiles", "base_path"])?.place));
      const read = await this.#directory(place, {
        from: isOwn ? join(found, CONFIG_NAMES[0]!) : from,
        why: `profile ${profile.name}`,
      });
      // Without it another identity might be taken than the profile says.
      if (read.strange !== undefined) throw makeProfileError(profile, read.strange[0]!);
      layers.push(...read.layers);
    }
  }

  /** Those that would be laid over the user's own files without any others. */
  async #ownProfiles(
    own: readonly Layer[],
    { input: { profiles: flag }, sources }: { readonly input: ConfigInput; readonly sources: readonly Source[] },
  ): Promise<readonly Layer[]> {
    const layers: Layer[] = [];
    const beside = sources.findLast(({ file }) => file !== undefined && this.#own.has(file))?.directory;
    for (const profile of chooseProfiles(this.#host, { flag, root: mergeLayers(own) })) {
      const root = mergeLayers([...own, ...layers]);
      const directory = findOwnProfile(this.#host, { profile, root, beside, files: this.#own });
      if (directory === undefined) continue;
      const from = join(directory, CONFIG_NAMES[0]!);
      const place = { directory, holder: directory, source: undefined };
      const read = await this.#directory(place, { from, why: `profile ${profile.name} of the user's own` });
      this.#own.claim(read.layers.map(({ path }) => path));
      layers.push(...read.layers.filter(({ path }) => this.#own.has(path)));
    }
    return layers;
  }

  /** Logins that only stacks describe are their repository's. */
  #loginSource(input: Parameters<typeof findLoginSource>[1]): Source | undefined {
    return input.root.entries.has("auth") ? findLoginSource(this.#host, { ...input, ownFiles: this.#own }) : undefined;
  }

  #earlyBasePath(input: ConfigInput): string {
    const { basePath: said } = input;
    this.#basePath ??= earlyBasePath(this.#host, { said, sources: findSources(this.#host, input) });
    return this.#basePath;
  }

  #noteClosed(): void {
    const own = [systemDirectory(this.#host, this.#host.sys.os), personalDirectory(this.#host)];
    this.#problems.push(...closedPlaces(this.#host, own.filter((place) => place !== undefined)));
    this.#problems.push(...findStrangersAbove(this.#host));
  }

  async #source(source: Source): Promise<readonly Layer[]> {
    const layers: Layer[] = [];
    const from = join(source.directory, CONFIG_NAMES[0]!);
    for (const directory of source.beside) {
      for (const name of ["atmos.d", ".atmos.d"]) {
        const place = { directory: join(directory, name), holder: directory, source };
        const read = await this.#directory(place, { from, why: `${name} of ${directory}` });
        if (read.strange !== undefined) this.#problems.push(...read.strange);
        layers.push(...read.layers);
      }
    }
    const { file } = source;
    return file === undefined ? layers : [...layers, ...await this.#load(file, { from, why: source.why })];
  }

  /** What the file imports is below it. */
  async #load(file: string, { from, why }: Origin): Promise<readonly Layer[]> {
    const layers = await this.#tree.load(file, from);
    for (const { path } of layers) {
      this.#host.log?.tell("debug", "configuration file", { path, why: path === file ? why : `imported by ${file}` });
    }
    return layers;
  }

  async #directory(
    place: Parameters<typeof listFoundFiles>[1],
    { from, why }: Origin,
  ): Promise<{ readonly layers: readonly Layer[]; readonly strange?: readonly Problem[] }> {
    this.#problems.push(...closedPlaces(this.#host, [place.directory]));
    if (!isDirectoryThere(this.#host, place.directory)) return { layers: [] };
    const { files, problems } = listFoundFiles(this.#host, place);
    const layers: Layer[] = [];
    for (const path of files) {
      layers.push(...await this.#load(path, { from, why }));
    }
    return problems.length === 0 ? { layers } : { layers, strange: problems };
  }
}

/** What a file is read for. */
interface Origin {
  /** The file that says so. */
  readonly from: string;
  readonly why: string;
}

/** Each path where it is met last. */
function lastOnly(paths: readonly string[]): readonly string[] {
  return paths.filter((path, at) => paths.lastIndexOf(path) === at);
}
