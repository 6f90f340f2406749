import { AppError } from "../errors.ts";
import { type IniFile, type IniSection, parseIni } from "../formats/ini.ts";
import { isFileError } from "../host/file_error.ts";
import type { Needs } from "../host/host.ts";

/** ~/.aws/config and ~/.aws/credentials, joined. May hold access keys: never print it. */
export interface SharedFiles {
  /** Where they are, or would be. */
  readonly paths: readonly string[];
  readonly profiles: ReadonlyMap<string, IniSection>;
  readonly services: ReadonlyMap<string, IniSection>;
}

/**
 * Reads the two files of https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html; a file that is not
 * there is empty. Where both have a profile, the credentials file's keys win. AppError "config-invalid" when one
 * cannot be read or parsed.
 */
export function readSharedFiles(host: Needs<"read" | "env">): SharedFiles {
  const config = locate(host, { variable: "AWS_CONFIG_FILE", name: "config" });
  const credentials = locate(host, { variable: "AWS_SHARED_CREDENTIALS_FILE", name: "credentials" });
  const configFile = parseFile(host, config);
  return {
    paths: [config, credentials].filter((path) => path !== undefined),
    profiles: joined(configProfiles(configFile), parseFile(host, credentials)),
    services: named(configFile, "services"),
  };
}

function locate(host: Needs<"env">, file: { variable: string; name: string }): string | undefined {
  const home = host.env.get("HOME") ?? host.env.get("USERPROFILE");
  const chosen = host.env.get(file.variable);
  if (chosen !== undefined) return home === undefined ? chosen : chosen.replace(/^~(?=$|[/\\])/, home);
  return home === undefined ? undefined : `${home}/.aws/${file.name}`;
}

function parseFile(host: Needs<"read">, path: string | undefined): IniFile {
  if (path === undefined) return new Map();
  try {
    return parseIni(new TextDecoder().decode(host.read.bytes(path)), path);
  } catch (error) {
    if (isFileError(error, "not-found", "not-a-directory")) return new Map();
    if (!isFileError(error)) throw error;
    throw new AppError("config-invalid", `Cannot read AWS settings "${path}": ${error.kind}`, {
      hint: `Make ${path} a file that you may read.`,
      cause: error,
    });
  }
}

/** In the config file only [default] goes without the word "profile"; [profile default] wins over it. */
function configProfiles(file: IniFile): Map<string, IniSection> {
  const bare = file.get("default");
  return joined(bare === undefined ? new Map() : new Map([["default", bare]]), named(file, "profile"));
}

/** The sections `[<word> NAME]`, by NAME. */
function named(file: IniFile, word: string): Map<string, IniSection> {
  const prefix = `${word} `;
  const own = [...file].filter(([name]) => name.startsWith(prefix));
  return new Map(own.map(([name, section]) => [name.slice(prefix.length), section]));
}

function joined(
  under: ReadonlyMap<string, IniSection>,
  over: ReadonlyMap<string, IniSection>,
): Map<string, IniSection> {
  const all = new Map(under);
  for (const [name, section] of over) all.set(name, new Map([...all.get(name) ?? [], ...section]));
  return all;
}
