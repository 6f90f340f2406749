import { IDENTITIES } from "../auth/kinds/identities/registry.ts";
import { KEYRINGS } from "../auth/kinds/keyrings/registry.ts";
import { PROVIDERS } from "../auth/kinds/providers/registry.ts";
import { AUTH } from "../auth/model/settings.ts";
import { TOP_LEVEL_KEYS } from "../config/checks/keys.ts";
import type { Broken } from "../config/schema/entry.ts";
import { nearestFields } from "../config/schema/field_table.ts";
import type { KindRegistry } from "../config/schema/kind.ts";
import { belongsAt } from "../config/schema/suspicious_values.ts";
import { joinNames } from "../config/schema/messages.ts";
import type { Problem } from "../config/values/located.ts";
import { INTEGRATIONS } from "./registry.ts";

interface Section {
  /** Where an entry of it stands. */
  readonly at: string;
  /** For messages: "a provider". */
  readonly one: string;
  readonly registry: KindRegistry<unknown>;
}

const SECTIONS: readonly Section[] = [
  { at: "auth.providers.NAME", one: "a provider", registry: PROVIDERS },
  { at: "auth.identities.NAME", one: "an identity", registry: IDENTITIES },
  { at: "auth.integrations.NAME", one: "an integration", registry: INTEGRATIONS },
  { at: "auth.keyring", one: "a keyring", registry: KEYRINGS },
];

/** Returns the problems; a key or kind that only another part of the auth section knows is told which. */
export async function sayWhatBelongsElsewhere<P extends Problem>(problems: readonly P[]): Promise<readonly P[]> {
  return await Promise.all(problems.map(async (problem) => {
    if (problem.unknown?.sort === "kind") return { ...problem, message: `${problem.message}${sectionOfKind(problem)}` };
    if (problem.unknown === undefined) return problem;
    const places = await listPlaces(problem, problem.unknown.name);
    return places.length === 0 ? problem : { ...problem, message: belongsAt(places) };
  }));
}

/** Returns broken entries with their problems as {@link sayWhatBelongsElsewhere} tells them. */
export async function brokenWithPlaces(broken: readonly Broken[]): Promise<readonly Broken[]> {
  return await Promise.all(
    broken.map(async (one) => ({ ...one, problems: await sayWhatBelongsElsewhere(one.problems) })),
  );
}

function sectionOfKind({ unknown }: Problem): string {
  const found = SECTIONS.filter(({ registry, at }) => at !== "auth.keyring" && Object.hasOwn(registry, unknown!.name));
  return found.length === 0 ? "" : `; that is the kind of ${joinNames(found.map(({ one }) => one))}`;
}

/** In other kinds of the same section first, then in other sections, then beside the auth section, and in it. */
async function listPlaces({ path }: Problem, name: string): Promise<readonly string[]> {
  const own = SECTIONS.find(({ at }) => path.startsWith(at.replace("NAME", "")));
  const others = SECTIONS.filter((one) => one !== own);
  const first = own === undefined ? [] : await placesIn(own, name);
  if (first.length > 0) return first;
  const elsewhere = (await Promise.all(others.map((section) => placesIn(section, name)))).flat();
  if (elsewhere.length > 0) return elsewhere;
  if (TOP_LEVEL_KEYS.includes(name)) return [`${name}, beside auth`];
  return nearestFields(AUTH, name).map((field) => `auth.${field}`);
}

/** Kinds are named where not all of a section have the field at that place. */
async function placesIn({ at, registry }: Section, name: string): Promise<readonly string[]> {
  const kinds = await Promise.all(
    Object.entries(registry).map(async ([kind, half]) => ({
      kind,
      fields: nearestFields((await half.schema()).kind.schema, name),
    })),
  );
  const fields = [...new Set(kinds.flatMap((one) => one.fields))];
  return fields.map((field) => {
    const having = kinds.filter((one) => one.fields.includes(field)).map(({ kind }) => kind);
    return `${at}.${field}${having.length === kinds.length ? "" : ` (${having.join(", ")})`}`;
  });
}
