import { equal, match, notEqual, ok } from "node:assert/strict";
import { PLACEHOLDER_LIST, PLACEHOLDERS } from "../../../../src/integrations/eks/alias_placeholders.ts";
import { NO_CONTEXT } from "../../../../src/kube/kubeconfig/entry_edit.ts";
import { ALIAS_PATTERN, aliasFault, expandAlias } from "../../../../src/integrations/eks/alias.ts";

const FACTS = {
  cluster: "main",
  region: "us-east-2",
  account: "123456789012",
  accountName: "plat-prod",
  identity: "dev",
  integration: "dev/eks",
};

Deno.test("expandAlias: every fact has its place", () => {
  equal(expandAlias("{cluster}.{region}.{account}", FACTS), "main.us-east-2.123456789012");
  equal(expandAlias("{identity}@{integration}", FACTS), "dev@dev/eks");
  equal(expandAlias("{account_name} {env}", FACTS), "plat-prod prod");
  equal(expandAlias("{env}", { ...FACTS, accountName: "prod" }), "prod");
  equal(expandAlias("{account_name} {env}", { ...FACTS, accountName: undefined }), "123456789012 123456789012");
  equal(expandAlias("{account_name}", { ...FACTS, accountName: "a\nb\u2028" }), "ab");
  equal(expandAlias("plain", FACTS), "plain");
});

Deno.test("placeholders: each is taken, expanded, listed in errors and in the JSON Schema", () => {
  for (const name of Object.keys(PLACEHOLDERS)) {
    const word = `{${name}}`;
    equal(aliasFault(word), undefined);
    notEqual(expandAlias(word, FACTS), word);
    for (const text of [aliasFault("{}")!, PLACEHOLDER_LIST]) ok(text.includes(word), text);
    ok(new RegExp(ALIAS_PATTERN).test(word));
  }
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

Deno.test("aliasFault: the texts of selectors that lead to no context are no names, and the schema says the same", () => {
  const pattern = new RegExp(ALIAS_PATTERN);
  for (const start of Object.values(NO_CONTEXT)) {
    for (const name of [start, `${start}x`, `${start}{identity}`]) {
      match(aliasFault(name)!, /there is no context/);
      equal(pattern.test(name), false, name);
    }
    for (const name of [`x ${start}`, start.slice(0, 4), "none-chosen", "nonesuch"]) {
      equal(aliasFault(name), undefined);
      ok(pattern.test(name), name);
    }
  }
});
