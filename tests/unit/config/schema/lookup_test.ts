import { deepEqual, equal } from "node:assert/strict";
import { lookup, lookups, nameMeant } from "../../../../src/config/schema/lookup.ts";

const ENTRIES = new Map([["Dev", 1], ["dev", 2], ["PROD", 3], ["prod-eu", 4]]);

Deno.test("lookups: the same answers as lookup, one by one", () => {
  const find = lookups(ENTRIES);
  for (const name of ["Dev", "dev", "DEV", "prod", "PROD", "Prod-EU", "none", "__proto__"]) {
    equal(find(name), lookup(ENTRIES, name), name);
  }
  deepEqual([find("DEV"), find("dev"), find("none")], [1, 2, undefined]);
});

Deno.test("nameMeant: an exact match wins wherever it stands, then the first that differs in case", () => {
  equal(nameMeant("dev", ["DEV", "dev"]), "dev");
  equal(nameMeant("dev", ["DEV", "Dev"]), "DEV");
  equal(nameMeant("dev", ["devs"]), undefined);
});
