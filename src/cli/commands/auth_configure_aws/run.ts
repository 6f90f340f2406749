import { type AwsProfile, profileText, withAwsProfile } from "../../../auth/environment/aws_profile.ts";
import { readSharedFiles, sharedPaths } from "../../../aws/shared_config/shared_files.ts";
import { AppError } from "../../../errors.ts";
import { parseIni } from "../../../formats/ini/parse_ini.ts";
import { escapeUnseen } from "../../../formats/text/terminal_text.ts";
import { decodeUtf8, encodeUtf8 } from "../../../formats/text/utf8.ts";
import { isFileError } from "../../../host/files/file_error.ts";
import type { Needs } from "../../../host/host.ts";
import { readCurrent } from "../../../store/current_file.ts";
import { explainFileError, remedyFor } from "../../../store/explain_file_error.ts";
import { configHome, join, stateHome } from "../../../store/paths.ts";
import { previewUpdate } from "../../../store/preview_update.ts";
import { type StoreHost, update } from "../../../store/replace.ts";
import { resolveTarget } from "../../../store/links/resolve_target.ts";
import { printable } from "../../output/text.ts";
import { unifiedDiff } from "../../output/unified_diff.ts";
import { listRequestedProfiles } from "./requested_profiles.ts";
import type { ConfigHost } from "../../../config/load_config.ts";
import type { Input } from "../../args/command.ts";
import type { AUTH_CONFIGURE_AWS_FLAGS } from "./command.ts";

/** `atmos auth configure-aws`: profiles of ~/.aws/config whose credential_process is this program. */
export async function runAuthConfigureAws(host: ConfigureHost, input: ConfigureInput): Promise<number> {
  const path = configPath(host);
  const profiles = await listRequestedProfiles(host, input);
  const edit = planEdit(host, { path, profiles });
  const old = textThere(host, path);
  const fresh = edit(old ?? "");
  const foretold = input.flags["dry-run"] || input.flags.diff;
  await write(host, { path, edit, foretold });
  if (input.flags["dry-run"]) host.terminal.out(escapeUnseen(profiles.map(profileText).join("\n")));
  else if (input.flags.diff) host.terminal.out(await unifiedDiff({ path, before: old, after: fresh, format: "ini" }));
  for (const profile of profiles) tell(host, { profile, path, old: old ?? "", foretold });
  return 0;
}

/** Inside `atmos auth shell` it is a file of ours, which the next login would write anew. */
function configPath(host: Needs<"env">): string {
  const path = sharedPaths(host).config;
  if (path === undefined) throw noPlace("HOME is not set", "Set HOME or AWS_CONFIG_FILE");
  const home = configHome(host);
  if (home === undefined || !path.startsWith(join(home, "atmos", "/"))) return path;
  throw noPlace(`AWS_CONFIG_FILE is "${path}", which logins write`, "Run it outside of auth shell");
}

function noPlace(found: string, hint: string): AppError {
  return new AppError("usage", `Cannot write AWS profiles: ${found}`, { hint });
}

function planEdit(
  host: Needs<"read" | "env" | "sys">,
  { path, profiles }: { readonly path: string; readonly profiles: readonly AwsProfile[] },
): (text: string) => string {
  const withKeys = listProfileKeys(host);
  return (text) => profiles.reduce((now, profile) => withAwsProfile({ text: now, path, withKeys }, profile), text);
}

function listProfileKeys(host: Needs<"read" | "env" | "sys">): ReadonlySet<string> {
  const { denied } = readSharedFiles(host);
  if (denied !== undefined) throw denied;
  const { credentials } = sharedPaths(host);
  const text = credentials === undefined ? undefined : textThere(host, credentials);
  return new Set(text === undefined ? [] : parseIni(text, credentials!).keys());
}

function textThere(host: Needs<"read" | "sys">, path: string): string | undefined {
  const found = readCurrent(host, resolveTarget(host, path));
  return found === undefined ? undefined : decodeUtf8(found.bytes);
}

/** Writes the file, or only looks whether it could be written. */
async function write(
  host: StoreHost,
  { path, edit, foretold }: {
    readonly path: string;
    readonly edit: (text: string) => string;
    readonly foretold: boolean;
  },
): Promise<void> {
  const state = stateHome(host);
  const copies = state === undefined ? {} : { stateDirectory: join(state, "atmos") };
  const change = {
    path,
    ...copies,
    edit: (old?: Uint8Array) => encodeUtf8(edit(old === undefined ? "" : decodeUtf8(old))),
  };
  try {
    if (foretold) previewUpdate(host, change);
    else await update(host, { ...change, leavesNothing: true });
  } catch (error) {
    if (!isFileError(error)) throw error;
    throw new AppError("credentials-write", `Cannot write "${path}": ${explainFileError(error, path)}`, {
      hint: remedyFor(error, "Use another file: AWS_CONFIG_FILE"),
      cause: error,
    });
  }
}

function tell(
  host: Needs<"terminal">,
  { profile, path, old, foretold }: {
    readonly profile: AwsProfile;
    readonly path: string;
    readonly old: string;
    readonly foretold: boolean;
  },
): void {
  const isThere = withAwsProfile({ text: old, path, withKeys: new Set() }, profile) === old;
  if (isThere) return host.terminal.err(`${printable(`Unchanged profile ${profile.name} in ${path}`)}\n`);
  const line = foretold ? `Would write profile ${profile.name} to` : `Wrote profile ${profile.name} to`;
  host.terminal.err(`${printable(`${line} ${path}`)}\n`);
}

/** With `--dry-run` and `--diff` write and run refuse. */
export type ConfigureHost = ConfigHost & StoreHost & Needs<"terminal">;
export type ConfigureInput = Input<typeof AUTH_CONFIGURE_AWS_FLAGS>;
