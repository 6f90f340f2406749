import { findEndpoint } from "../../../auth/flow/call_settings.ts";
import { encodeUtf8, lenientUtf8 } from "../../../formats/text/utf8.ts";
import { unlessFileError } from "../../../host/files/file_error.ts";
import { dirname, join } from "../../../store/paths.ts";
import { writePrivate } from "../../../store/keep_private.ts";
import type { TokenInput } from "./session.ts";
import type { ActiveIdentity } from "../../../auth/login/identity.ts";
import type { LoadedConfig } from "../../../config/load_config.ts";
import { trustListPath } from "../../../config/trust/trusted_places.ts";
import { findSources } from "../../../config/sources.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { type LocationRecord, makeMark, placeFile } from "./location_cache.ts";

interface Remembered {
  readonly input: TokenInput;
  readonly config: LoadedConfig;
  /** Files with identities that logins have found, there or not. */
  readonly foundIn: readonly string[];
  readonly obtained: ActiveIdentity;
  readonly owner: string;
  /** Whether the configuration says that there is a log. */
  readonly hasLogs: boolean;
  /** When the configuration was not read yet. */
  readonly since: number;
}

/** The clocks of file systems are behind by less. */
const TICK_MS = 50;
/** The runtime has no more of the time of a change, which no later change may have as well. */
const CTIME_MS = 1_000;

/** For the next run; where the configuration asks the world for values, it may say something else then. */
export async function rememberPlace(host: LoginCommandHost, remembered: Remembered): Promise<void> {
  const { input, config, obtained, owner } = remembered;
  const file = await placeFile(host, input);
  const { place, fingerprint, chain } = obtained;
  if (file === undefined || place === undefined || config.profiles.length > 0) return;
  // What it says of a log would not be read again.
  if (remembered.hasLogs) return;
  // Then the variables of AWS say whose credentials are meant, too.
  if (chain.identities[0]!.isAmbient) return;
  if (config.files.some((path) => mayChangeUnseen(lenientUtf8(host.read.bytes(path))))) return;
  const sources = listSources(host, remembered);
  const marks = Object.fromEntries(sources.map((path) => [path, makeMark(host, path)]));
  // What has changed since says something else than what was read.
  if (sources.some((path) => hasChanged(host, { path, since: remembered.since - TICK_MS }))) return;
  const record: LocationRecord = {
    for: file.name,
    marks,
    place,
    fingerprint,
    owner,
    region: obtained.region,
    endpointUrl: findEndpoint(chain),
  };
  await writePrivate(host, { path: file.path, bytes: encodeUtf8(`${JSON.stringify(record)}\n`) });
}

function hasChanged(
  host: LoginCommandHost,
  { path, since }: { readonly path: string; readonly since: number },
): boolean {
  const stat = unlessFileError(() => host.read.stat(path));
  return stat !== undefined && Math.max(stat.mtime, stat.ctime + CTIME_MS) > since;
}

/** A YAML function. */
const CALLS = /(?:^|[\s[{,])![a-z]/;
/** That a file imports anything, however that is written. */
const HAS_IMPORTS = /(?:^|[\s"'{,])import["']?\s*:/;
/** What a file imports, to the end of the list, where it is written as usual. */
const IMPORTS = /^import[ \t]*:(.*(?:\r?\n(?:[ \t#-].*)?)*)/m;
const ONE_FILE = /^[^*?{}]+\.ya?ml$/;

/** Values that come from elsewhere, and imports of whatever is in a directory or fits a pattern: new files are unseen. */
function mayChangeUnseen(text: string): boolean {
  if (CALLS.test(text)) return true;
  if (!HAS_IMPORTS.test(text)) return false;
  const imports = (IMPORTS.exec(text)?.[1] ?? "").match(/[^\s,"'[\]]+/g) ?? [];
  return imports.length === 0 || !imports.every((item) => item === "-" || ONE_FILE.test(item));
}

/** The files, their directories, those in which more files would be found, and the list of what is trusted. */
function listSources(host: LoginCommandHost, { input, config, foundIn }: Remembered): readonly string[] {
  const named = { configFiles: input.globals.config, configDirectories: [] };
  const beside = findSources(host, named).flatMap((source) => source.beside);
  const found = beside.flatMap((directory) => [directory, join(directory, "atmos.d"), join(directory, ".atmos.d")]);
  const trusted = trustListPath(host);
  const all = [
    ...config.files,
    ...config.files.map(dirname),
    ...found,
    ...foundIn,
    ...(trusted === undefined ? [] : [trusted]),
  ];
  return [...new Set(all)];
}
