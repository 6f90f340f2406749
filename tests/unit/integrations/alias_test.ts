import { equal, match } from "node:assert/strict";
import { aliasFault, expandAlias } from "../../../src/integrations/alias.ts";

const FACTS = {
  cluster: "main",
  region: "us-east-2",
  account: "123456789012",
  identity: "dev",
  integration: "dev/eks",
};

Deno.test("expandAlias: every fact has its place", () => {
  equal(expandAlias("{cluster}.{region}.{account}", FACTS), "main.us-east-2.123456789012");
  equal(expandAlias("{identity}@{integration}", FACTS), "dev@dev/eks");
  equal(expandAlias("plain", FACTS), "plain");
});

Deno.test("aliasFault: unknown words and single braces", () => {
  equal(aliasFault("{cluster}-x"), undefined);
  match(aliasFault("{regoin}")!, /did you mean \{region\}\?/);
  match(aliasFault("{}")!, /there is \{cluster\}, \{region\}/);
  match(aliasFault("a}")!, /no pair/);
});
