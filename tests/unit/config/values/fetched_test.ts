import { deepEqual, equal } from "node:assert/strict";
import { isHidden, isPrivate, showCall, showKey } from "../../../../src/config/values/fetched.ts";
import type { Fetched, Located } from "../../../../src/config/values/located.ts";
import { makeMap, makeText, markFetched } from "../../../../src/config/values/make_located.ts";

const place = { file: "f", line: 1, column: 1 };
const INSIDE: Fetched = { call: "!include x.yaml", place, isBeyond: false };
const BEYOND: Fetched = { call: "!env TOKEN", place, isBeyond: true };
const PRINTED: Fetched = { call: "!exec pass show token", place, isBeyond: false, byCommand: true };

function fetchedThrough(...calls: readonly Fetched[]): Fetched {
  return calls.reduce<Located>(markFetched, makeText("t", place)).fetched!;
}

Deno.test("fetched: private is what a variable, a file elsewhere or a command gave, whatever fetched that then", () => {
  const ways = [[INSIDE], [BEYOND], [PRINTED], [BEYOND, INSIDE], [PRINTED, INSIDE], [PRINTED, INSIDE, INSIDE]];
  deepEqual(ways.map((calls) => isPrivate(fetchedThrough(...calls))), [false, true, true, true, true, true]);
  const { call, byCommand } = fetchedThrough(PRINTED, INSIDE);
  deepEqual([call, byCommand], ["!include x.yaml", undefined]);
  equal(isPrivate(undefined), false);
});

Deno.test("fetched: keys are marked with the values, and named by the call if they are private", () => {
  const map = makeMap([["token", { key: place, value: makeText("t", place) }]], place);
  const keyBy = (fetched: Fetched) => {
    const marked = markFetched(map, fetched);
    return marked.kind === "map" ? showKey("token", marked.entries.get("token")!.fetched) : "";
  };
  deepEqual([INSIDE, BEYOND, PRINTED].map(keyBy), ["token", "a key of !env TOKEN", "a key of !exec"]);
});

Deno.test("fetched: a message has no command, and what is open to all is not hidden", () => {
  deepEqual([INSIDE, BEYOND, PRINTED].map(showCall), ["!include x.yaml", "!env TOKEN", "!exec"]);
  const isOpen = (call: string) => !isHidden({ ...BEYOND, call });
  deepEqual(["!env AWS_REGION", "!env 'HOME /x'"].map(isOpen), [true, true]);
  const hidden = ["!env HOMELY", "!env TOKEN", '!env HOME{{ env "TOKEN" }}', "import: x.yaml"];
  deepEqual(hidden.map(isOpen), [false, false, false, false]);
});
