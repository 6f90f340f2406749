import { deepEqual, equal } from "node:assert/strict";
import { closest } from "../../../../src/formats/text/closest.ts";

Deno.test("closest: a swap, a missing, a wrong and an extra character are all found", () => {
  for (const typed of ["regoin", "regio", "regian", "regionn"]) {
    deepEqual(closest(typed, ["name", "region", "alias"]), ["region"]);
  }
});

Deno.test("closest: the nearest comes first, equal ones in alphabetical order, three at most", () => {
  deepEqual(closest("dev", ["dew", "dev", "deb", "dez", "dex"]), ["dev", "deb", "dew"]);
});

Deno.test("closest: what has little in common is not offered", () => {
  deepEqual(closest("kubeconfig", ["region", "alias", "name"]), []);
  deepEqual(closest("dev-cluster", ["prod", "staging-eu"]), []);
});

Deno.test("closest: a beginning is enough", () => {
  deepEqual(closest("update", ["update-kubeconfig", "token"]), ["update-kubeconfig"]);
});

Deno.test("closest: case does not matter and the candidate keeps its own", () => {
  deepEqual(closest("DEV-CLUSTER", ["Dev-Cluster"]), ["Dev-Cluster"]);
});

Deno.test("closest: one character suggests nothing but itself", () => {
  deepEqual(closest("x", ["i", "s", "x"]), ["x"]);
  deepEqual(closest("", ["i", "name"]), []);
});

Deno.test("closest: the same candidate twice is offered once", () => {
  deepEqual(closest("regio", ["region", "region"]), ["region"]);
});

Deno.test("closest: ten thousand long candidates take well under a second of work", () => {
  const names = Array.from({ length: 10_000 }, (_, at) => `cluster-${at}-${"x".repeat(80)}`);
  equal(closest("cluster-77-" + "x".repeat(79), names).length, 3);
});
