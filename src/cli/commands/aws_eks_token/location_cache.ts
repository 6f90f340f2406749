import { readStoredCredentials } from "../../../auth/files/credential_file.ts";
import type { CredentialLocation } from "../../../auth/files/credential_file_place.ts";
import { callSettings } from "../../../auth/flow/call_settings.ts";
import { isValidFor } from "../../../aws/client/credentials.ts";
import { CALL_AWS } from "../../../auth/login/policies.ts";
import { jsonFields } from "../../../formats/json/fields.ts";
import { sha256Hex } from "../../../formats/text/sha256_hex.ts";
import { lenientUtf8 } from "../../../formats/text/utf8.ts";
import { isFileError } from "../../../host/files/file_error.ts";
import type { Needs } from "../../../host/host.ts";
import { cacheHome, isAbsolute, join } from "../../../store/paths.ts";
import { readPrivate } from "../../../store/private_cache.ts";
import { providerDirectory } from "../../../aws/shared_config/provider_directory.ts";
import type { OwnedSession, TokenInput } from "./session.ts";

/** Where an earlier run found an identity's credentials to be. */
export interface LocationRecord {
  /** What was asked for; a renamed file is no other's. */
  readonly for: string;
  /** Every file and directory that said so, as they were. */
  readonly marks: Readonly<Record<string, string>>;
  readonly place: CredentialLocation;
  /** What is stored there must be for this one: another configuration may have logged in since. */
  readonly fingerprint: string;
  readonly owner: string;
  readonly region: string | undefined;
  readonly endpointUrl: string | undefined;
}

/**
 * The session of an identity whose configuration has not changed since an earlier run read it, without reading it again:
 * kubectl asks for many tokens. undefined when anything is not as it was, or the credentials do not last.
 */
export async function findKnownSession(
  host: Needs<"read" | "env" | "sys" | "clock">,
  input: TokenInput,
): Promise<OwnedSession | undefined> {
  const file = await placeFile(host, input);
  const found = file === undefined ? undefined : readPrivate(host, file.path);
  if (file === undefined || found === undefined || !("bytes" in found)) return undefined;
  const record = jsonFields(lenientUtf8(found.bytes)) as Partial<LocationRecord>;
  const { place, fingerprint, marks } = record;
  if (record.for !== file.name || place === undefined || fingerprint === undefined || marks === undefined) {
    return undefined;
  }
  // What a shell was opened for is compared by the longer way.
  const around = host.env.get("AWS_SHARED_CREDENTIALS_FILE") ?? place.credentials;
  if (around !== place.credentials && providerDirectory(around) === providerDirectory(place.credentials)) {
    return undefined;
  }
  if (Object.entries(marks).some(([path, mark]) => makeMark(host, path) !== mark)) return undefined;
  const { stored } = readStoredCredentials(host, { place, fingerprint });
  const region = input.flags.region ?? record.region;
  if (stored === undefined || region === undefined) return undefined;
  if (!isValidFor(stored.credentials, { now: host.clock.now(), ms: CALL_AWS.minTtlMs })) return undefined;
  const settings = callSettings(host, { endpointUrl: record.endpointUrl });
  const { accessKeyId: key, account } = stored.credentials;
  host.log?.tell("debug", "credentials", {
    identity: input.globals.identity,
    source: "files",
    cached: file.path,
    key,
    account,
  });
  // Of credentials that an earlier version has stored, the configuration may say it.
  if (input.flags.account !== undefined && stored.credentials.account === undefined) return undefined;
  return { region, settings, credentials: stored.credentials, owner: record.owner ?? "" };
}

/** Only for what an entry of ours says: an identity, and a configuration that does not depend on the directory. */
export async function placeFile(
  host: Needs<"env">,
  { globals }: TokenInput,
): Promise<{ readonly path: string; readonly name: string } | undefined> {
  const { identity, config } = globals;
  const home = cacheHome(host);
  if (!identity || home === undefined || config.length === 0 || !config.every(isAbsolute)) return undefined;
  if (globals["config-path"].length + globals["config-profile"].length > 0) return undefined;
  const names = Object.keys(host.env.all()).filter((name) => DECISIVE.test(name)).sort();
  // Without those that a typed flag repeats: a variable may be refused where the flag is not.
  const variables = names.map((name) => [name, host.env.get(name)]);
  const name = await sha256Hex(JSON.stringify([identity, config, globals["base-path"] ?? "", variables]));
  return { path: join(home, "atmos", "places", `${name}.json`), name };
}

const DECISIVE = /^(?:ATMOS_.*|CI|HOME|USERPROFILE|XDG_CONFIG_HOME|XDG_STATE_HOME)$/;

/** What changes when a file is written or replaced, or a directory gets or loses a name. */
export function makeMark(host: Needs<"read">, path: string): string {
  try {
    const stat = host.read.stat(path);
    return stat === undefined ? "" : [stat.mtime, stat.ctime, stat.size, stat.ino, stat.dev].join(" ");
  } catch (error) {
    if (isFileError(error)) return error.kind;
    throw error;
  }
}
