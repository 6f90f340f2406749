import { deepEqual, equal, match, ok } from "node:assert/strict";
import { buildChain } from "../../../src/auth/model/chain.ts";
import { findProviderNamed } from "../../../src/auth/model/provider_named.ts";
import { filterByTags, selectIdentity } from "../../../src/auth/model/select_identity.ts";
import { EMPTY_MODEL } from "../../../src/auth/model/model.ts";
import { unknownIntegration } from "../../../src/cli/provision/unusable_integration.ts";
import { type ConfigInput, loadConfig } from "../../../src/config/load_config.ts";
import { AppError } from "../../../src/errors.ts";
import { identityFor } from "../../../src/integrations/identity_for.ts";
import { configWorld, NOTHING_NAMED, plain } from "../../support/config/config_files.ts";
import { renderRemedy } from "../../../src/cli/output/remedy.ts";

const REPO = "/home/me/repo";
const ADDRESSES: readonly string[] = [
  "https://example.com/atmos/auth.yaml",
  "HTTP://example.com/auth.yaml?version=2",
  "git::https://example.com/acme/config.git//atmos.yaml?ref=v1",
  "git::ssh://git@example.com/acme/config.git",
  "git@github.com:acme/config.git//atmos.yaml",
  "github.com/acme/config//atmos.yaml",
  "gitlab.com/acme/config//auth",
  "bitbucket.org/acme/config",
  "git.example.com/acme/config//atmos.yaml",
  "dev.example.org:8443/acme/_git/config",
  "acme/_git/config",
  "acme/config.git?ref=main",
  "s3::https://s3.amazonaws.com/acme/auth.yaml",
  "gcs::https://www.googleapis.com/storage/v1/acme/auth.yaml",
  "oci://ghcr.io/acme/config:1.2.3",
  "registry.example.com/acme/config:1.2.3",
  "hg::https://example.com/config",
];

async function load(files: Readonly<Record<string, string>>, input: Partial<ConfigInput> = {}) {
  const absolute = Object.fromEntries(Object.entries(files).map(([path, text]) => [`${REPO}/${path}`, text]));
  return await loadConfig(configWorld({ files: absolute }).host, { ...NOTHING_NAMED, ...input });
}

/** Where an address can stand, and the line that it is on. */
const PLACES: Readonly<Record<string, (address: string) => Readonly<Record<string, string>>>> = {
  "atmos.yaml": (address) => ({ "atmos.yaml": `a: 1\nimport:\n  - ${JSON.stringify(address)}\n  - more.yaml\n` }),
  "more.yaml": (address) => ({
    "atmos.yaml": "a: 1\nimport: [more.yaml]\n",
    "more.yaml": `more: 1\nimport:\n  - ${JSON.stringify(address)}\n`,
  }),
  "profiles/ci/auth.yaml": (address) => ({
    "atmos.yaml": "a: 1\nimport: [more.yaml]\nprofiles: {default: ci}\n",
    "profiles/ci/auth.yaml": `b: 1\nimport:\n  - ${JSON.stringify(address)}\n`,
  }),
  "atmos.d/auth.yaml": (address) => ({
    "atmos.yaml": "a: 1\nimport: [more.yaml]\n",
    "atmos.d/auth.yaml": `b: 1\nimport:\n  - ${JSON.stringify(address)}\n`,
  }),
};

for (const [file, files] of Object.entries(PLACES)) {
  Deno.test(`remote imports of ${file} are skipped, with a warning at their line, and the rest is read`, async () => {
    for (const address of ADDRESSES) {
      for (const everyProblem of [false, true]) {
        const config = await load({ "more.yaml": "more: 1\n", ...files(address) }, { everyProblem });
        const place = { file: `${REPO}/${file}`, line: 3, column: 5 };
        deepEqual(config.skippedImports, [{ address, place }]);
        const [problem, ...others] = config.problems.filter(({ path }) => path === "import");
        deepEqual([problem?.severity, problem?.place, others], ["warning", place, []], address);
        match(problem!.message, /is remote and was skipped/);
        const { a, more } = plain(config.root) as Record<string, unknown>;
        deepEqual([a, more], [1, 1]);
      }
    }
  });
}

Deno.test("what is local is imported, whatever it is called, and is an error where it is misspelled", async () => {
  const names = [
    "my.files/x.yaml",
    "acme.com/auth.yaml",
    "a//x.yaml",
    "config.git",
    "s3/x.yaml",
    "github.community/x.yaml",
  ];
  for (const name of names) {
    const path = name.replace("//", "/");
    const config = await load({ "atmos.yaml": `import: [${name}]\n`, [path]: "here: 1\n" });
    deepEqual([config.skippedImports, plain(config.root)], [[], { here: 1 }], name);
    if (!name.includes("/")) continue;
    const near = name.replace(/[^/]*$/, "nowhere.yaml");
    const error = await load({ "atmos.yaml": `import: [${near}]\n`, [path]: "here: 1\n" }).catch((one) => one);
    ok(error instanceof AppError, near);
    equal(error.code, "config-invalid");
  }
});

Deno.test("whatever is not found may be in a remote import that was skipped", () => {
  const place = { file: "atmos.yaml", line: 4, column: 5 };
  const skippedImports = [{ address: "https://example.com/auth.yaml", place }, { address: "s3::x", place }];
  const model = { ...EMPTY_MODEL, integrations: new Map(), skippedImports };
  const integration = { name: "dev/eks", via: { identity: undefined, provider: "sso" } };
  const misses: readonly (() => unknown)[] = [
    () => buildChain(model, "dev"),
    () => findProviderNamed(model, { name: "sso", doing: "log out of" }),
    () => selectIdentity(model, { said: undefined, interactive: false }),
    () => filterByTags(model, ["dev"]),
    () => identityFor(model, { integration, preferred: undefined }),
    () => {
      throw unknownIntegration(model, { name: "dev/eks", kinds: ["aws/eks"] });
    },
  ];
  for (const miss of misses) {
    const hint = renderRemedy({}, thrownBy(miss));
    const [first = "", next = ""] = hint.split("\n");
    equal(
      first,
      "It may be in a remote import that was skipped: https://example.com/auth.yaml (atmos.yaml:4:5, and 1 more)",
    );
    ok(next.length > 0, hint);
  }
  equal(
    renderRemedy({}, thrownBy(() => buildChain({ ...model, skippedImports: [] }, "dev"))),
    "Set up a login and your clusters: atmos auth init",
  );
});

function thrownBy(act: () => unknown): AppError {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
