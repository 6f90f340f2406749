import type { Obtained } from "../../../auth/login/obtain.ts";
import type { LoadedConfig } from "../../../config/load_config.ts";
import { findSources } from "../../../config/sources.ts";
import { encodeUtf8, lenientUtf8 } from "../../../formats/text/utf8.ts";
import { dirname, join } from "../../../store/paths.ts";
import { writePrivate } from "../../../store/private_cache.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { markOf, placeFile, type PlaceRecord } from "./known_place.ts";
import type { TokenInput } from "./token_input.ts";

export interface Remembered {
  readonly input: TokenInput;
  readonly config: LoadedConfig;
  readonly obtained: Obtained;
  readonly owner: string;
}

/** For the next run; where the configuration asks the world for values, it may say something else then. */
export async function rememberPlace(host: LoginCommandHost, remembered: Remembered): Promise<void> {
  const { input, config, obtained, owner } = remembered;
  const file = await placeFile(host, input);
  const { place, chain } = obtained;
  if (file === undefined || place === undefined || config.profiles.length > 0) return;
  if (config.files.some((path) => CALLS.test(lenientUtf8(host.read.bytes(path))))) return;
  const record: PlaceRecord = {
    for: file.name,
    marks: Object.fromEntries(sourcesOf(host, remembered).map((path) => [path, markOf(host, path)])),
    place,
    owner,
    region: obtained.region,
    endpointUrl: chain.identities.at(-1)!.endpointUrl ?? chain.provider?.endpointUrl,
  };
  await writePrivate(host, { path: file.path, bytes: encodeUtf8(`${JSON.stringify(record)}\n`) });
}

/** A YAML function. */
const CALLS = /(?:^|[\s[{,])![a-z]/;

/** The files, their directories, and those in which more files would be found. */
function sourcesOf(host: LoginCommandHost, { input, config }: Remembered): readonly string[] {
  const named = { configFiles: input.globals.config, configDirectories: [] };
  const beside = findSources(host, named).flatMap((source) => source.beside);
  const found = beside.flatMap((directory) => [directory, join(directory, "atmos.d"), join(directory, ".atmos.d")]);
  return [...new Set([...config.files, ...config.files.map(dirname), ...found])];
}
