import { IDENTITIES } from "../kinds/identities/registry.ts";
import { isEmpty } from "../../config/schema/plain_value.ts";
import { hasNoEffect } from "../../config/schema/suspicious_values.ts";
import type { Located, LocatedEntry, LocatedMap } from "../../config/values/located.ts";
import { dottedPath } from "../../formats/text/dotted_path.ts";
import { type Fault, readKind } from "../../config/schema/entries.ts";
import type { SchemaCursor } from "../../config/schema/cursor.ts";

/** The kinds that have the older spelling `provider: X`. */
export const OLDER_VIA: readonly (string | undefined)[] = ["aws/permission-set", "aws/assume-role"];

/** The identities, with `via: {provider: X}` where an older configuration has `provider: X`. */
export function withVia(section: SchemaCursor | undefined): SchemaCursor | undefined {
  if (section?.located.kind !== "map") return section;
  const entries = [...section.located.entries].map(([name, entry]) => [name, modernize(entry)] as const);
  return { ...section, located: { ...section.located, entries: new Map(entries) } };
}

/** Where the older spelling stands, and where it decides nothing. */
export function olderSpellings(section: SchemaCursor | undefined): readonly Fault[] {
  if (section?.located.kind !== "map") return [];
  return [...section.located.entries].flatMap(([name, { key, value }]) => {
    const old = value.kind === "map" ? value.entries.get("provider") : undefined;
    if (old === undefined || isEmpty(old.value)) return [];
    const path = dottedPath([...section.path, name, "provider"]);
    const isRead = oldProvider(value) !== undefined;
    if (!isRead && !Object.hasOwn(IDENTITIES, readKind(value) ?? "")) return [];
    const message = isRead ? "older spelling: write via: {provider: NAME}" : hasNoEffect(explainIgnored(value));
    const about = { family: "identities", name, place: key, kind: readKind(value), breaks: false } as const;
    return [{ ...about, problem: { severity: "warning", place: old.key, path, message } as const }];
  });
}

function explainIgnored(identity: Located): string {
  return isVia(identity)
    ? "via names the provider or identity to use"
    : `${readKind(identity)} does not use a provider`;
}

function isVia(identity: Located): boolean {
  return identity.kind === "map" && identity.entries.has("via");
}

function modernize(entry: LocatedEntry): LocatedEntry {
  const provider = oldProvider(entry.value);
  if (provider === undefined || entry.value.kind !== "map") return entry;
  const via: LocatedMap = { kind: "map", place: provider.key, entries: new Map([["provider", provider]]) };
  const entries = new Map([...entry.value.entries, ["via", { key: provider.key, value: via }] as const]);
  return { ...entry, value: { ...entry.value, entries } };
}

function oldProvider(located: LocatedEntry["value"]): LocatedEntry | undefined {
  if (located.kind !== "map" || located.entries.has("via") || !OLDER_VIA.includes(readKind(located))) return undefined;
  return located.entries.get("provider");
}
