import type { Fault } from "./family.ts";
import { dottedPath } from "../formats/dotted_path.ts";
import type { Reference } from "./references.ts";

/** Identities that lead back to themselves: one problem for each circle, and every identity in it is broken. */
export function cyclesIn(references: readonly Reference[]): readonly Fault[] {
  const next = new Map(
    references.filter(({ target }) => target === "identity").map((one) => [one.from.name.toLowerCase(), one] as const),
  );
  const seen = new Set<string>();
  return [...next.keys()].flatMap((start) => {
    const circle = circleFrom(start, next).filter((one) => !seen.has(one.from.name));
    for (const { from } of circle) seen.add(from.name);
    return circle.map((one) => faultOf(one, circle));
  });
}

/** The references that form a circle through `start`; none when it only leads to one, or to an end. */
function circleFrom(start: string, next: ReadonlyMap<string, Reference>): readonly Reference[] {
  const trail: Reference[] = [];
  let at = next.get(start);
  while (at !== undefined && !trail.includes(at)) {
    trail.push(at);
    at = next.get(at.name.toLowerCase());
  }
  return at !== undefined && at === trail[0] ? trail : [];
}

function faultOf(one: Reference, circle: readonly Reference[]): Fault {
  const names = circle.map(({ from }) => from.name);
  const [first] = circle;
  const chain = [...names, names[0]].join(" -> ");
  return {
    ...one.from,
    breaks: true,
    problem: {
      severity: "error",
      place: first!.place,
      path: dottedPath(first!.path),
      message: `goes in a circle: ${chain}; one of them must go via a provider`,
    },
  };
}
