import { deepEqual, equal, match, ok } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { loadedModules } from "../support/atmos/loaded_modules.ts";
import { runtimeEnv } from "../support/atmos/run_atmos.ts";
import { messages, underSection, validated } from "../support/config/auth_texts.ts";
import { registeredKinds } from "../support/config/kinds.ts";
import { tempHome } from "../support/machine/temp_home.ts";

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

const SOURCES = new URL("../../src/", import.meta.url);

/** Files below folders of src/, as they are imported. */
function sources(...folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    [...Deno.readDirSync(new URL(folder, SOURCES))].flatMap(({ name, isDirectory }) =>
      isDirectory ? sources(`${folder}${name}/`) : [new URL(folder + name, SOURCES).href]
    )
  );
}

Deno.test("auth kinds: what reads atmos.yaml loads nothing of what a kind does", async () => {
  await using home = tempHome();
  const schemas = sources("auth/kinds/", "integrations/").filter((url) => url.endsWith("schema.ts"));
  equal(schemas.length, new Set(KINDS.map(({ kind }) => kind)).size);
  const entry = home.write("schemas.ts", schemas.map((url) => `import "${url}";\n`).join(""));
  await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", `--config=${fileURLToPath(new URL("../deno.json", SOURCES))}`, entry],
    clearEnv: true,
    env: { ...runtimeEnv(), ...home.env(), DENO_COVERAGE_DIR: home.at("coverage") },
  }).output();
  const loaded = loadedModules(home.at("coverage"));
  deepEqual(schemas.filter((url) => !loaded.includes(url)), []);
  deepEqual(loaded.filter((url) => /\/(?:credentials|session|open|runner)\.ts$/.test(url)), []);
});
