import type { Fault } from "../../config/schema/entries.ts";
import { dottedPath } from "../../formats/text/dotted_path.ts";
import type { Reference } from "../../config/schema/references.ts";
import { longChain } from "./chain.ts";
import { saysNoIdentity } from "../../formats/text/no_identity.ts";
import type { FilePosition } from "../../config/values/located.ts";
import { isAssumeRole } from "../kinds/identities/registry.ts";
import { isSaml } from "../kinds/providers/registry.ts";
import type { Identity, Provider } from "./model.ts";
import { follow, getPlace, type SchemaCursor } from "../../config/schema/cursor.ts";
import { lookups } from "../../config/schema/lookup.ts";

type Next = ReadonlyMap<string, Reference>;

/** Identities that lead back to themselves: one problem for each circle, and every identity in it is broken. */
export function cyclesIn(references: readonly Reference[]): readonly Fault[] {
  const next = new Map(
    references.filter(({ target }) => target === "identity").map((one) => [one.from.name.toLowerCase(), one] as const),
  );
  const order = new Map([...next.values()].map((one, at) => [one, at]));
  const seen = new Set<Reference>();
  const circles = [...next.keys()].map((start) => newCircle(start, { next, seen })).filter(({ length }) => length > 0);
  return circles.flatMap((circle) => describeCircle(fromFirst(circle, order)));
}

/**
 * The references that form a circle which the way from `start` leads into; none when it ends, or meets what was seen
 * before: so each reference is followed once, however long the chains are.
 */
function newCircle(start: string, { next, seen }: { readonly next: Next; readonly seen: Set<Reference> }) {
  const trail = new Set<Reference>();
  let at = next.get(start);
  while (at !== undefined && !seen.has(at)) {
    seen.add(at);
    trail.add(at);
    at = next.get(at.name.toLowerCase());
  }
  const found = [...trail];
  return at !== undefined && trail.has(at) ? found.slice(found.indexOf(at)) : [];
}

/** The circle from the entry on that stands first. */
function fromFirst(circle: readonly Reference[], order: ReadonlyMap<Reference, number>): readonly Reference[] {
  const places = circle.map((one) => order.get(one)!);
  const first = places.indexOf(places.reduce((least, place) => Math.min(least, place)));
  return [...circle.slice(first), ...circle.slice(0, first)];
}

function describeCircle(circle: readonly Reference[]): readonly Fault[] {
  const [first] = circle;
  const names = circle.map(({ from }) => from.name);
  const problem = {
    severity: "error",
    place: first!.place,
    path: dottedPath(first!.path),
    message: `is circular: ${longChain([...names, names[0]!])}; one of them must use a provider`,
  } as const;
  return circle.map(({ from }) => ({ ...from, breaks: true, problem }));
}

/** More than one default is none: a person is asked, a pipeline fails. */
export function findDoubtfulDefaults(
  identities: ReadonlyMap<string, Identity>,
  section: SchemaCursor | undefined,
): readonly Fault[] {
  const defaults = [...identities.values()].filter(({ isDefault }) => isDefault);
  const names = defaults.map(({ name }) => name).join(", ");
  const message = `several identities are the default: ${names}; keep one, or choose one in each command`;
  return defaults.slice(1).map(({ name, place, kind }) => {
    const problem = { severity: "warning", ...findMark(name, section), message } as const;
    return { family: "identities", name, place, kind, breaks: false, problem };
  });
}

function findMark(
  name: string,
  section: SchemaCursor | undefined,
): { readonly place: FilePosition; readonly path: string } {
  const found = follow(section!, [name, "default"]);
  return { place: getPlace(found), path: dottedPath(found.path) };
}

/** Only a SAML login brings roles to choose from; every other aws/assume-role names its own. */
export function openRoles(
  { providers, identities }: {
    readonly providers: ReadonlyMap<string, Provider>;
    readonly identities: ReadonlyMap<string, Identity>;
  },
  section: SchemaCursor | undefined,
): readonly Fault[] {
  const find = lookups(providers);
  return [...identities.values()].flatMap((one) => {
    if (!isAssumeRole(one) || one.roleArn !== undefined) return [];
    const provider = one.via.provider === undefined ? undefined : find(one.via.provider);
    return isSaml(provider) ? [] : [describeDefault(one, section!)];
  });
}

function describeDefault({ name, place, kind }: Identity, section: SchemaCursor): Fault {
  const found = follow(section, [name, "principal", "assume_role"]);
  const message = "missing: the ARN of the role, such as arn:aws:iam::123456789012:role/NAME";
  const problem = { severity: "error", place: getPlace(found), path: dottedPath(found.path), message } as const;
  return { family: "identities", name, place, kind, breaks: true, problem };
}

/**
 * Identities whose name or alias means none or, in files that leave white space out, another one: what is written to act
 * as one of them would act as another.
 */
export function findUnnameable(
  identities: ReadonlyMap<string, Identity>,
  section: SchemaCursor | undefined,
): readonly Fault[] {
  return [...identities.values()].flatMap(({ name, alias = "", kind, place }): readonly Fault[] => {
    const said = [name, alias].find((one) => saysNoIdentity(one) || one !== one.trim());
    if (said === undefined) return [];
    const found = follow(section!, said === name ? [name] : [name, "alias"]);
    const message = saysNoIdentity(said)
      ? `--identity=${said} means no identity; use another name`
      : "begins or ends with white space, without which it would be another name in ~/.aws files; use another name";
    const problem = { severity: "error", place: getPlace(found), path: dottedPath(found.path), message } as const;
    return [{ family: "identities", name, place, kind, breaks: true, problem }];
  });
}
