import { equal } from "node:assert/strict";
import { longChain } from "../../../../src/auth/model/long_chain.ts";

const NAMES = Array.from({ length: 1000 }, (_, at) => `n${at}`);

Deno.test("longChain: few names are all there, of many only the ends", () => {
  equal(longChain(["a", "b", "a"]), "a -> b -> a");
  equal(longChain(NAMES.slice(0, 13)).split(" -> ").length, 13);
  const long = longChain(NAMES);
  equal(long.startsWith("n0 -> n1 -> "), true);
  equal(long.endsWith(" -> n10 -> (988 more) -> n999"), true);
});
