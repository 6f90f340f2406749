import { configuredIdentities, type ConfiguredIdentity } from "../../auth/model/configured_identities.ts";
import { lookups } from "../../config/schema/lookup.ts";
import type { Problem } from "../../config/values/located.ts";
import { dottedPath } from "../../formats/text/dotted_path.ts";
import { isSameName } from "../../integrations/contract/linked.ts";
import type { ConfigModel } from "../../integrations/contract/model.ts";
import type { LoadedAuth } from "./load.ts";

/** What a command is about, by names of atmos.yaml. */
interface About {
  readonly identities?: readonly string[];
  readonly providers?: readonly string[];
  readonly integrations?: readonly string[];
}

/**
 * Returns the problems that concern a command: those of what it is about, of what that is reached through or linked to,
 * and of the configuration as a whole. What breaks a part of the chain is left out, since the error that follows says it.
 */
export function problemsAbout(
  { model, problems }: Pick<LoadedAuth, "model" | "problems">,
  { identities = [], providers = [], integrations }: About,
): readonly Problem[] {
  const linked = listLinks(model).filter(({ name }) => isAmong(name, integrations ?? []));
  const named = [...identities, ...linked.flatMap(({ identity }) => identity ?? [])];
  const trail = named.flatMap((name) => followIdentities(model, name));
  const origins = [...linked, ...trail.map(({ via }) => via ?? {})].flatMap(({ provider }) => provider ?? []);
  const meant: Readonly<Record<string, readonly string[]>> = {
    identities: trail.map(({ name }) => name),
    providers: [...providers, ...origins],
    integrations: integrations ?? namesLinkedTo(model, { identities, providers: [...providers, ...origins] }),
  };
  const paths = Object.entries(meant).flatMap(([section, names]) =>
    names.map((name) => dottedPath(["auth", section, name]).toLowerCase())
  );
  return problems.filter(({ path, severity }) => {
    const section = ENTRY.exec(path)?.[1];
    if (section === undefined) return true;
    return (section === "integrations" || severity === "warning") && paths.some((entry) => isBelow(path, entry));
  });
}

/** A path of an entry, or of something in it. */
const ENTRY = /^auth\.(providers|identities|integrations)[.[]/;

function isBelow(path: string, entry: string): boolean {
  const rest = path.toLowerCase().startsWith(entry) ? path.slice(entry.length) : "x";
  return rest === "" || rest.startsWith(".") || rest.startsWith("[");
}

interface Link {
  readonly name: string;
  readonly identity: string | undefined;
  readonly provider: string | undefined;
}

/** What integrations are reached through, broken ones too, as far as they can be read. */
function listLinks({ integrations, broken }: ConfigModel): readonly Link[] {
  const unsound = broken.filter(({ family }) => family === "integrations");
  return [...integrations.values(), ...unsound].map(({ name, via }) => {
    return { name, identity: via?.identity, provider: via?.provider };
  });
}

/** With those that are linked to nothing that can be read: they may be meant. */
function namesLinkedTo(model: ConfigModel, { identities, providers }: About): readonly string[] {
  return listLinks(model).filter(({ identity, provider }) =>
    (identity === undefined && provider === undefined) || isAmong(identity, identities ?? []) ||
    isAmong(provider, providers ?? [])
  ).map(({ name }) => name);
}

function isAmong(name: string | undefined, names: readonly string[]): boolean {
  return names.some((one) => isSameName(one, name));
}

/** The identity and those that it continues from, broken ones too. */
function followIdentities(model: ConfigModel, name: string): readonly ConfiguredIdentity[] {
  const find = lookups(new Map(configuredIdentities(model).map((one) => [one.name, one])));
  const trail = new Set<ConfiguredIdentity>();
  for (let at = find(name); at !== undefined && !trail.has(at); at = find(at.via?.identity ?? "")) trail.add(at);
  return [...trail];
}
