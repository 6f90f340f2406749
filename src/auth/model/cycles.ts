import type { Fault } from "../../config/schema/family.ts";
import { dottedPath } from "../../formats/text/dotted_path.ts";
import type { Reference } from "../../config/schema/references.ts";
import { longChain } from "./long_chain.ts";

type Next = ReadonlyMap<string, Reference>;

/** Identities that lead back to themselves: one problem for each circle, and every identity in it is broken. */
export function cyclesIn(references: readonly Reference[]): readonly Fault[] {
  const next = new Map(
    references.filter(({ target }) => target === "identity").map((one) => [one.from.name.toLowerCase(), one] as const),
  );
  const order = new Map([...next.values()].map((one, at) => [one, at]));
  const seen = new Set<Reference>();
  const circles = [...next.keys()].map((start) => newCircle(start, { next, seen })).filter(({ length }) => length > 0);
  return circles.flatMap((circle) => faultsOf(fromFirst(circle, order)));
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

function faultsOf(circle: readonly Reference[]): readonly Fault[] {
  const [first] = circle;
  const names = circle.map(({ from }) => from.name);
  const problem = {
    severity: "error",
    place: first!.place,
    path: dottedPath(first!.path),
    message: `goes in a circle: ${longChain([...names, names[0]!])}; one of them must go via a provider`,
  } as const;
  return circle.map(({ from }) => ({ ...from, breaks: true, problem }));
}
