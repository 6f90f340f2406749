import { AppError } from "../../errors.ts";
import { type IniFile, type IniSection, parseIni } from "../../formats/ini/parse_ini.ts";
import { sectionName, type SectionWord } from "../../formats/ini/section_name.ts";
import type { Needs } from "../../host/host.ts";
import { readOrdinaryFile, type Unreadable } from "./configured_file.ts";
import { strayInConfig, strayInCredentials, type StraySection } from "./stray_sections.ts";

/** ~/.aws/config and ~/.aws/credentials, joined. May hold access keys: never print it. */
export interface SharedFiles {
  /** Where they are, or would be. */
  readonly paths: readonly string[];
  readonly profiles: ReadonlyMap<string, IniSection>;
  /** The profiles as the credentials file alone has them. */
  readonly credentialProfiles: ReadonlyMap<string, IniSection>;
  readonly services: ReadonlyMap<string, IniSection>;
  readonly ssoSessions: ReadonlyMap<string, IniSection>;
  /** Sections that are read as none of these. */
  readonly strays: readonly StraySection[];
  /** A file that this user may not read: of no account to those who need nothing from it. */
  readonly denied?: AppError;
}

/**
 * Reads the two files of https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html; a file that is not
 * there is empty, and so is one that may not be read, which `denied` tells. Where both have a profile, the credentials
 * file's keys win. AppError "config-invalid" when one cannot be read for another reason, or not be parsed.
 */
export function readSharedFiles(host: Needs<"read" | "env">): SharedFiles {
  const { config, credentials } = sharedPaths(host);
  const paths = [config, credentials].filter((path) => path !== undefined);
  const [configFile, credentialsFile] = [parseFile(host, config), parseFile(host, credentials)];
  const denied = configFile.denied ?? credentialsFile.denied;
  return {
    paths,
    profiles: joinAll(configProfiles(configFile.sections), credentialsFile.sections),
    credentialProfiles: credentialsFile.sections,
    services: findNamed(configFile.sections, "services"),
    ssoSessions: findNamed(configFile.sections, "sso-session"),
    strays: [...strayInConfig(configFile), ...strayInCredentials(credentialsFile)],
    ...(denied === undefined ? {} : { denied }),
  };
}

/** Where the two files are, or would be; undefined without HOME. Permission: env. */
export function sharedPaths(host: Needs<"env">) {
  return {
    config: locate(host, { variable: "AWS_CONFIG_FILE", name: "config" }),
    credentials: locate(host, { variable: "AWS_SHARED_CREDENTIALS_FILE", name: "credentials" }),
  };
}

function locate(host: Needs<"env">, file: { variable: string; name: string }): string | undefined {
  const home = host.env.get("HOME") ?? host.env.get("USERPROFILE");
  const chosen = host.env.get(file.variable);
  if (chosen !== undefined) {
    // As the AWS CLI does: files of variables for containers and services expand none.
    const path = chosen.replace(/\$(?:(\w+)|\{([^}]*)\})/g, (all, one, other) => host.env.get(one ?? other) ?? all);
    return home === undefined ? path : path.replace(/^~(?=$|[/\\])/, home);
  }
  return home === undefined ? undefined : `${home}/.aws/${file.name}`;
}

interface Parsed {
  readonly path: string;
  readonly text: string;
  readonly sections: IniFile;
  readonly denied?: AppError;
}

const NOTHING: Parsed = { path: "", text: "", sections: new Map() };

function parseFile(host: Needs<"read">, path: string | undefined): Parsed {
  const read = path === undefined ? undefined : readOrdinaryFile(host, path);
  if (read === undefined || path === undefined) return NOTHING;
  if (read instanceof Uint8Array) {
    const text = new TextDecoder().decode(read);
    return { path, text, sections: inheritDefaults(parseIni(text, path)) };
  }
  if (read.kind === "not-found" || read.kind === "not-a-directory") return NOTHING;
  if (read.kind === "denied") return { ...NOTHING, denied: unreadable(path, read) };
  throw unreadable(path, read);
}

function unreadable(path: string, { found, kind }: Unreadable): AppError {
  const hint = kind === "denied"
    ? `Make ${path} readable, or avoid it: set AWS_REGION and access keys, and use no profile`
    : `Make ${path} a regular file, or remove it`;
  return new AppError("config-invalid", `Cannot read AWS settings "${path}": ${found}`, { hint });
}

/** To the AWS CLI, what stands in [DEFAULT] stands in every section of the file, and that one is none. */
function inheritDefaults(file: IniFile): IniFile {
  const inherited = file.get("DEFAULT");
  if (inherited === undefined) return file;
  const own = [...file].filter(([header]) => header !== "DEFAULT");
  return new Map(own.map(([header, section]) => [header, new Map([...inherited, ...section])]));
}

/** In the config file only [default] goes without the word; where [profile default] is there too, the last one counts. */
function configProfiles(file: IniFile): Map<string, IniSection> {
  const nameOf = (header: string) => header === "default" ? header : sectionName(header, "profile");
  return collectNamed(file, nameOf);
}

/** The sections `[<word> NAME]`, by NAME. */
function findNamed(file: IniFile, word: SectionWord): Map<string, IniSection> {
  return collectNamed(file, (header) => sectionName(header, word));
}

function collectNamed(file: IniFile, nameOf: (header: string) => string | undefined): Map<string, IniSection> {
  return new Map([...file].flatMap(([header, section]): readonly (readonly [string, IniSection])[] => {
    const name = nameOf(header);
    return name === undefined ? [] : [[name, section]];
  }));
}

function joinAll(
  under: ReadonlyMap<string, IniSection>,
  over: ReadonlyMap<string, IniSection>,
): Map<string, IniSection> {
  const all = new Map(under);
  for (const [name, section] of over) all.set(name, new Map([...all.get(name) ?? [], ...section]));
  return all;
}
