import { brokenBy, keepValid, readFamily } from "../config/schema/entries.ts";
import { type Found, listFinders } from "../auth/model/found_identities.ts";
import type { AuthModel, Identity } from "../auth/model/model.ts";
import { providerFinder } from "./provider_finder.ts";
import { withVia } from "../auth/model/legacy_provider_key.ts";
import { sourceReader } from "../config/schema/credential_source.ts";
import type { Broken } from "../config/schema/entry.ts";
import { dangling, type Reference, referencesIn } from "../config/schema/references.ts";
import { follow, type SchemaCursor } from "../config/schema/cursor.ts";
import { authSpot, getSection, namesIn, sectionFaults } from "../config/schema/sections.ts";
import type { Power } from "../config/schema/powers.ts";
import { filesIn } from "../config/values/files_in.ts";
import type { FilePosition, Located, Problem } from "../config/values/located.ts";
import type { Needs } from "../host/host.ts";
import type { ConfigModel, IntegrationBase } from "./contract/model.ts";
import { describersIn, findClashes, withClashes } from "./eks/clashes.ts";
import { INTEGRATIONS } from "./registry.ts";

interface IntegrationsRead {
  readonly integrations: ConfigModel["integrations"];
  readonly broken: AuthModel["broken"];
  readonly problems: readonly Problem[];
  readonly powers: readonly Power[];
}

interface IntegrationsInput extends Pick<AuthModel, "identities"> {
  readonly found: Found;
  /** The auth section. */
  readonly located: Located | undefined;
}

/**
 * Reads `auth.integrations`, and checks that what they name is there. Permissions: env and read, to know one kubeconfig
 * by its several spellings.
 */
export async function readIntegrations(
  host: Needs<"env" | "read">,
  { located, identities, found }: IntegrationsInput,
): Promise<IntegrationsRead> {
  const auth = authSpot(located);
  const section = getSection(auth, "integrations");
  const sourceOf = sourceReader({
    providers: getSection(auth, "providers"),
    identities: withVia(getSection(auth, "identities")),
    listUsers: userLister({ identities, found }),
  });
  const family = { family: "integrations", one: "integration", registry: INTEGRATIONS, sourceOf } as const;
  const { entries, faults: own, powers } = await readFamily<IntegrationBase>(family, section);
  const [providers, named] = [namesIn(getSection(auth, "providers")), namesIn(getSection(auth, "identities"))];
  const names = { provider: providers, identity: named, foundBy: listFinders(found) };
  const vias = referencesIn("integrations", section);
  const references = [...vias, ...describersIn(section)];
  const clashes = section === undefined ? [] : findClashes(host, { integrations: entries, section, identities });
  const faults = [...sectionFaults(section), ...own, ...dangling(references, names), ...clashes];
  const broken = brokenBy(faults).map((one) => ({ ...one, via: readVia(one.name, vias) }));
  const sound = withFiles(keepValid(entries, { family: "integrations", broken }), section);
  const problems = faults.map(({ problem }) => problem);
  return { integrations: withClashes(sound, clashes), broken, problems, powers };
}

/** Those that logins have found are what AWS says of the provider, and no one's words. */
function userLister(
  { identities, found: { names } }: Pick<IntegrationsInput, "identities" | "found">,
): (provider: string) => readonly string[] {
  let known: ReadonlyMap<string | undefined, readonly Identity[]> | undefined;
  const written = () => [...identities.values()].filter(({ name }) => !names.has(name));
  return (provider) => {
    known ??= Map.groupBy(written(), providerFinder(identities));
    return (known.get(provider.toLowerCase()) ?? []).map(({ name }) => name).sort();
  };
}

function withFiles(
  integrations: ConfigModel["integrations"],
  section: SchemaCursor | undefined,
): ConfigModel["integrations"] {
  if (section === undefined) return integrations;
  return new Map([...integrations].map(([name, one]) => {
    const { key, located } = follow(section, [name]);
    const definedIn = isWritten(key, located) ? [...new Set([key.file, ...filesIn(located)])] : [];
    return [name, { ...one, definedIn }];
  }));
}

/** What a YAML function makes is all at one place; it may make something else next time. */
function isWritten({ file, line, column }: FilePosition, { place }: Located): boolean {
  return file !== place.file || line !== place.line || column !== place.column;
}

function readVia(name: string, references: readonly Reference[]): NonNullable<Broken["via"]> {
  return Object.fromEntries(references.filter(({ from }) => from.name === name).map((one) => [one.target, one.name]));
}
