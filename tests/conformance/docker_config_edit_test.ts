import { deepEqual, equal, ok } from "node:assert/strict";
import { readDockerConfig } from "../../src/docker/docker_config.ts";
import { helperEdits, helperRemoval, loginEdits, logoutEdits } from "../../src/docker/registry_edits.ts";
import { editJson, type JsonEdit } from "../../src/formats/json/edit.ts";
import { isProved } from "../../src/formats/json/prove.ts";
import { RandomDockerConfig } from "../support/random/docker_config.ts";
import { RandomSource } from "../support/random/source.ts";

const SEED = Number(Deno.env.get("ATMOS_TEST_SEED") ?? 20261124);
const RUNS = 1500;
const OURS = ["123456789012.dkr.ecr.us-east-2.amazonaws.com", "public.ecr.aws", 'odd "registry"'];

type Plain = Record<string, Record<string, unknown> | null | undefined>;

/** What the runtime's parser sees besides our registries' entries, in order, and all of other people's text. */
function foreign(text: string): unknown {
  const { auths, credHelpers, ...rest } = JSON.parse(text.trim() === "" ? "{}" : text) as Plain;
  const others = (section: Plain[string]) => Object.entries(section ?? {}).filter(([key]) => !OURS.includes(key));
  return [Object.entries(rest), others(auths), others(credHelpers)];
}

/** What stays of a text when everything that may be ours is taken out of it: two texts must agree on it. */
function isOnlyAddedTo(before: string, after: string): boolean {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < before.length - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return start + end >= before.length;
}

function edited(source: string, edits: readonly JsonEdit[]): string {
  const after = editJson(source, edits);
  ok(isProved(source, { after, edits }), `${JSON.stringify(source)} became ${JSON.stringify(after)}`);
  deepEqual(foreign(after), foreign(source));
  equal(editJson(after, edits), after, "the same again changes nothing");
  return after;
}

Deno.test(`${RUNS} random config.json keep every byte that is not ours (seed ${SEED})`, () => {
  const random = new RandomSource(SEED);
  let added = 0;
  for (let run = 0; run < RUNS; run++) {
    const source = new RandomDockerConfig(random, OURS).text();
    const registry = random.pick(OURS);
    const config = readDockerConfig(source);
    const auth = random.chance(0.7) ? btoa(`AWS:${random.next()}`) : undefined;
    const after = edited(source, loginEdits(config, { registry, auth }));
    const entry = readDockerConfig(after).authOf(registry)!;
    equal(entry.user, auth === undefined ? undefined : "AWS");
    if (config.authOf(registry) === undefined && !/"auths" ?: ?null/.test(source) && source.trim() !== "") {
      const sectionIsEmpty = /^\{\s*\}$/.test(source.trim()) || /"auths" ?: ?\{\s*\}/.test(source);
      if (!sectionIsEmpty) {
        ok(isOnlyAddedTo(source, after), `${JSON.stringify(source)} became ${JSON.stringify(after)}`);
      }
      added++;
    }
    const without = edited(after, logoutEdits(readDockerConfig(after), registry));
    equal(readDockerConfig(without).authOf(registry)?.user, undefined);
    const asking = edited(without, helperEdits(readDockerConfig(without), { registry, helper: "atmos" }));
    equal(readDockerConfig(asking).helperOf(registry), "atmos");
    const undone = edited(asking, [helperRemoval(readDockerConfig(asking), { registry, former: undefined })]);
    equal(readDockerConfig(undone).helperOf(registry), undefined);
  }
  ok(added > RUNS / 10, `only ${added} additions`);
});

Deno.test("three hundred registries in one edit, and out again", () => {
  const config = readDockerConfig("{}");
  const names = Array.from({ length: 300 }, (_, at) => `r${at}`);
  const edits = names.flatMap((registry) => loginEdits(config, { registry, auth: btoa("AWS:x") }));
  const after = editJson("{}", edits);
  ok(isProved("{}", { after, edits }));
  deepEqual(Object.keys(JSON.parse(after).auths), names);
  const all = readDockerConfig(after);
  equal(editJson(after, names.flatMap((registry) => logoutEdits(all, registry))), '{\n\t"auths": {}\n}');
});
