import { deepEqual, equal, match, ok } from "node:assert/strict";
import { messages, underSection, validated } from "../support/config/auth_texts.ts";
import { registeredKinds } from "../support/config/kinds.ts";

/** A shorter name of a kind. */
const ALIASES: Readonly<Record<string, string>> = { "ambient": "aws/ambient" };
const KINDS = await registeredKinds();

for (const { section, key, kind } of KINDS) {
  Deno.test(`auth kinds: ${section} ${key} is registered under its name, with a summary in one line`, () => {
    equal(kind.name, ALIASES[key] ?? key);
    match(kind.summary, /^[A-Z][^\n]{10,90}[^.\n]$/);
  });

  Deno.test(`auth kinds: the example of ${section} ${key} is read without a problem of its own`, async () => {
    const { model, problems } = await validated(underSection(section, kind.example));
    const own = messages(problems).filter((line) => !line.includes(".via.") && !line.includes("describe_identity"));
    deepEqual(own, []);
    equal(model.broken.some(({ family }) => family === "settings"), false);
    ok(section === "keyring" ? kind.example.startsWith("keyring:\n") : kind.example.includes(`kind: ${kind.name}\n`));
  });
}

Deno.test("auth kinds: all that the documentation names are there", () => {
  deepEqual(KINDS.map(({ section, key }) => `${section} ${key}`), [
    "providers aws/iam-identity-center",
    "providers aws/saml",
    "providers github/oidc",
    "identities aws/permission-set",
    "identities aws/assume-role",
    "identities aws/assume-root",
    "identities aws/user",
    "identities aws/ambient",
    "identities ambient",
    "keyring system",
    "keyring file",
    "keyring memory",
    "integrations aws/eks",
    "integrations aws/ecr",
    "integrations aws/ecr-public",
  ]);
});
