import { withFoundIdentities } from "../../auth/model/found_identities.ts";
import { isHidden } from "../../config/values/fetched.ts";
import { loadConfig, type LoadedConfig } from "../../config/load_config.ts";
import { profileNames } from "../../config/profiles.ts";
import type { Located } from "../../config/values/located.ts";
import { textAt, valueAt } from "../../config/values/look_up.ts";
import type { ConfigGlobals } from "../project/config_input.ts";
import type { LookHost } from "./context.ts";
import type { Candidate } from "./offers.ts";

/** The configuration that these flags mean; files that are not trusted count too, since nothing in them can run. */
export async function quietConfig(host: LookHost, globals: ConfigGlobals): Promise<LoadedConfig> {
  const basePath = globals["base-path"];
  return await loadConfig(host, {
    configFiles: globals.config,
    configDirectories: globals["config-path"],
    profiles: globals["config-profile"].map((name) => name.trim()),
    ...(basePath === undefined ? {} : { basePath }),
  });
}

/** The directories that `--config-profile` would find. Those given already are not laid over: one may be misspelled. */
export async function configProfileNames(host: LookHost, globals: ConfigGlobals): Promise<readonly Candidate[]> {
  const config = await quietConfig(host, { ...globals, "config-profile": [] });
  return profileNames(host, config).map((value) => ({ value, about: "" }));
}

interface RequestedFamily {
  readonly globals: ConfigGlobals;
  readonly family: "providers" | "identities" | "integrations";
  /** Any kind by default. */
  readonly kinds?: readonly string[];
}

/**
 * Names of the auth section, with the broken ones: the command that uses one reports what is wrong with it. A name that
 * comes from a variable or a file beyond the configuration is none that anyone may read on the screen.
 */
export async function authNames(
  host: LookHost,
  { globals, family, kinds }: RequestedFamily,
): Promise<readonly Candidate[]> {
  const { root } = await withFoundIdentities(host, (await quietConfig(host, globals)).root);
  const section = valueAt(root, ["auth", family]);
  if (section?.kind !== "map") return [];
  const entries = [...section.entries].flatMap(([name, { value, fetched }]) =>
    isHidden(fetched) ? [] : [{ name, value }]
  );
  const meant = entries.filter(({ value }) => kinds === undefined || kinds.includes(textAt(value, ["kind"]) ?? ""));
  const names = meant.map(({ name, value }) => ({ value: name, about: about(value) }));
  return family === "identities" ? [...names, ...meant.flatMap(aliasCandidates)] : names;
}

function aliasCandidates({ name, value }: { readonly name: string; readonly value: Located }): readonly Candidate[] {
  const alias = valueAt(value, ["alias"]);
  if (alias?.kind !== "scalar" || alias.text === "" || isHidden(alias.fetched)) return [];
  return [{ value: alias.text, about: `alias of ${name}` }];
}

function about(entry: Located): string {
  const via = textAt(entry, ["via", "identity"]) ?? textAt(entry, ["via", "provider"]);
  const kind = textAt(entry, ["kind"]) ?? "";
  return via === undefined ? kind : `${kind} via ${via}`;
}
