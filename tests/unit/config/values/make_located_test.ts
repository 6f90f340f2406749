import { deepEqual } from "node:assert/strict";
import type { Fetched } from "../../../../src/config/values/located.ts";
import { fetchedOfParts, makeText, markFetched } from "../../../../src/config/values/make_located.ts";

const place = { file: "/repo/a.yaml", line: 1, column: 1 };
const INSIDE: Fetched = { call: "!include in.yaml .a", place, isBeyond: false };
const BEYOND: Fetched = { call: "!env A", place, isBeyond: true };
const LOCAL: Fetched = { call: "!cwd", place, isBeyond: false, isLocal: true };

const marks = (...all: readonly Fetched[]) => {
  const marked = all.reduce<ReturnType<typeof markFetched>>(
    (value, one) => markFetched(value, one),
    makeText("x", place),
  );
  const { place: _, ...rest } = marked.fetched!;
  return rest;
};

Deno.test("marks: one call over what another has fetched no longer names it", () => {
  deepEqual(marks(BEYOND), { call: "!env A", isBeyond: true });
  deepEqual(marks(BEYOND, INSIDE), { call: INSIDE.call, isBeyond: true, isByValue: true });
  deepEqual(marks(LOCAL, INSIDE), { call: INSIDE.call, isBeyond: false, isLocal: true, isByValue: true });
  deepEqual(marks(BEYOND, { ...BEYOND, target: "/x" }), { ...marks(BEYOND), target: "/x", isByValue: true });
});

Deno.test("marks: the same call twice, or one over what stands in the tree, names it", () => {
  deepEqual(marks(BEYOND, BEYOND), marks(BEYOND));
  deepEqual(marks(INSIDE, BEYOND), marks(BEYOND));
});

Deno.test("marks: what was made, or is trusted by its value, stays so under any call", () => {
  deepEqual(marks({ ...BEYOND, isMade: true }, INSIDE), {
    call: INSIDE.call,
    isBeyond: true,
    isMade: true,
    isByValue: true,
  });
  deepEqual(marks({ ...BEYOND, isByValue: true }, BEYOND), { ...marks(BEYOND), isByValue: true });
});

Deno.test("marks: a text made of several is from beyond the tree where one of them is, in any order", () => {
  deepEqual(fetchedOfParts([undefined]), {});
  for (const parts of [[INSIDE, BEYOND], [undefined, BEYOND, INSIDE]]) {
    deepEqual(fetchedOfParts(parts), { fetched: { ...BEYOND, isByValue: true } });
  }
  deepEqual(fetchedOfParts([INSIDE, LOCAL]).fetched?.isLocal, true);
});
