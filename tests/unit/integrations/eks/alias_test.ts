import { equal, match, ok } from "node:assert/strict";
import { ALIAS_PATTERN, aliasFault, expandAlias } from "../../../../src/integrations/eks/alias.ts";

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

Deno.test("aliasFault: line breaks and control characters, and the schema's pattern says the same", () => {
  const pattern = new RegExp(ALIAS_PATTERN);
  for (const name of ["a\nb", "a\rb", "a\tb", "\x1b[31m", "a\u0085", "a\u2028", "\x00"]) {
    match(aliasFault(name)!, /control character/);
    equal(pattern.test(name), false, JSON.stringify(name));
  }
  for (const name of ["é {cluster}", "a: b # c", "😀"]) {
    equal(aliasFault(name), undefined);
    ok(pattern.test(name), name);
  }
});
