import { placeIn } from "../../auth/files/credential_file_place.ts";
import { IDENTITY_CONFIG, IDENTITY_FINGERPRINT, type InheritedIdentity } from "../../auth/model/inherited_identity.ts";
import type { IdentityTarget } from "../../auth/login/identity.ts";
import type { AuthModel } from "../../auth/model/model.ts";
import { findLoginFile } from "../../aws/shared_config/provider_directory.ts";
import { findDirectoryNamed, type LoadedConfig } from "../../config/load_config.ts";
import type { SourceHost } from "../../config/sources.ts";
import type { Needs } from "../../host/host.ts";
import { dirname } from "../../store/paths.ts";
import { isWithoutIdentity } from "../args/global_flags.ts";
import { readUsualIdentity } from "./usual_identity.ts";
import { type ChoiceInput, findLocation, readProjectChoice } from "./project_choice.ts";

/**
 * Returns what was chosen for the configuration and for the user's own files on this machine, and what the environment says for another one.
 * Permissions: read, env, sys.
 */
export async function readChosenIdentity(
  host: SourceHost & Needs<"sys">,
  input: ChoiceInput,
): Promise<Pick<AuthModel, "used" | "usual" | "picked" | "inherited">> {
  const { used, picked } = readProjectChoice(host, input) ?? {};
  const inherited = findInherited(host, input);
  return {
    ...await readUsualIdentity(host, input),
    ...(used === undefined ? {} : { used }),
    ...(picked === undefined ? {} : { picked }),
    ...(inherited === undefined ? {} : { inherited }),
  };
}

/**
 * Returns what the environment says of an identity that was another account or role when its shell was opened: before an
 * edit, or with another profile. What is wrong with the identity now is said where it is used. Permissions: read, env,
 * sys.
 */
export async function findOlderShell(
  host: Needs<"read" | "env" | "sys">,
  { config, model }: { readonly config: LoadedConfig; readonly model: AuthModel },
): Promise<Pick<AuthModel, "inherited">> {
  const { name, location } = readInherited(host);
  if (name === "" || location === "") return {};
  const target = { model, directory: findDirectoryNamed(config), identity: name };
  return await isOfOlderShell(host, target) ? { inherited: { name, location: undefined } } : {};
}

/** A shell of an earlier version has recorded nothing, but what is stored where its variables say. */
async function isOfOlderShell(host: Needs<"read" | "env" | "sys">, target: IdentityTarget): Promise<boolean> {
  const recorded = host.env.get(IDENTITY_FINGERPRINT) ?? "";
  const [file, profile] = [findLoginFile(host), host.env.get("AWS_PROFILE")];
  const isRecorded = recorded.endsWith(`:${target.identity}`);
  const isStored = file !== undefined && profile === target.identity.toLowerCase();
  if (!isRecorded && !isStored) return false;
  const { isAnotherByNow } = await import("../../auth/login/identity.ts");
  const place = isStored ? placeIn(dirname(file), profile) : undefined;
  return await isAnotherByNow(host, { target, recorded: isRecorded ? recorded : undefined, place });
}

function readInherited({ env }: Needs<"env">): { readonly name: string; readonly location: string } {
  return { name: env.get("ATMOS_IDENTITY") ?? "", location: env.get(IDENTITY_CONFIG) ?? "" };
}

/** Without the second variable a user has set the first one: it is meant wherever it is used. */
function findInherited(host: SourceHost & Needs<"sys">, input: ChoiceInput): InheritedIdentity | undefined {
  const { name, location } = readInherited(host);
  if (name === "" || location === "" || isWithoutIdentity({ identity: name })) return undefined;
  return findLocation(host, input) === location ? undefined : { name, location };
}
