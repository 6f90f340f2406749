import { makeText } from "../../../../src/config/values/make_located.ts";
import { deepEqual, equal, ok } from "node:assert/strict";
import { cyclesIn } from "../../../../src/auth/model/cross_checks.ts";
import type { Reference } from "../../../../src/config/schema/references.ts";

let looks = 0;

/** `from` goes via the identity `to`; every look at where it goes is counted. */
function via(from: string, to: string): Reference {
  const place = { file: "atmos.yaml", line: 1, column: 1 };
  return {
    from: { family: "identities", name: from, place, kind: "aws/assume-role" },
    target: "identity",
    get name() {
      looks++;
      return to;
    },
    written: makeText(to, place),
    place,
    path: ["auth", "identities", from, "via", "identity"],
  };
}

Deno.test("cycles: a circle is told from its first entry on, whoever leads into it", () => {
  const faults = cyclesIn([via("tail", "c"), via("a", "B"), via("b", "c"), via("c", "a"), via("x", "X")]);
  deepEqual(faults.map(({ name }) => name), ["a", "b", "c", "x"]);
  deepEqual(faults.map(({ problem }) => problem.message.replace(/;.*/, "")), [
    ...Array(3).fill("is circular: a -> b -> c -> a"),
    "is circular: x -> x",
  ]);
  deepEqual(faults[2]!.problem.path, "auth.identities.a.via.identity");
});

Deno.test("cycles: every reference is followed once, however long the chains are", () => {
  const count = 3000;
  const chain = Array.from({ length: count }, (_, at) => via(`id-${at}`, `id-${at - 1}`));
  const circle = Array.from({ length: count }, (_, at) => via(`o-${at}`, `o-${(at + 1) % count}`));
  for (const references of [chain, chain.toReversed(), circle, circle.toReversed()]) {
    looks = 0;
    cyclesIn(references);
    ok(looks <= 2 * count, `${looks} looks`);
  }
  const faults = cyclesIn(circle);
  equal(faults.length, count);
  ok(faults.every(({ problem }) => problem.message.length < 300));
});
