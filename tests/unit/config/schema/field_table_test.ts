import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as v from "valibot";
import { AUTH } from "../../../../src/auth/model/settings.ts";
import { fieldsIn } from "../../../../src/config/schema/field_table.ts";
import { ordinary, power } from "../../../../src/config/schema/trust_class.ts";
import { registeredKinds } from "../../../support/config/kinds.ts";

const KINDS = await registeredKinds();
/** Sections of `auth` whose entries have schemas of their own. */
const SECTIONS = new Set(KINDS.map(({ section }) => section));

const FIELDS = [
  ...fieldsIn(AUTH).filter(({ path }) => !SECTIONS.has(path)).map((field) => ({ of: "auth", ...field })),
  ...KINDS.flatMap(({ section, key, kind }) =>
    fieldsIn(kind.schema).map((field) => ({ of: `${section} ${key}`, ...field }))
  ),
];

Deno.test("trust: every field of the auth section and of every kind has a class", () => {
  deepEqual(FIELDS.filter(({ trust }) => trust === undefined).map(({ of, path }) => `${of}: ${path}`), []);
  for (const { section, key } of KINDS) ok(FIELDS.some(({ of }) => of === `${section} ${key}`), key);
});

Deno.test("trust: every power says what it does, in words that complete a sentence", () => {
  for (const { of, path, trust } of FIELDS) {
    if (trust?.class !== "power") continue;
    match(trust.reason, /^(?:[a-z]+s) [^.\n]+[^.\s]$/, `${of}: ${path}`);
    if (trust.unless !== undefined) match(trust.unless.is, /^[^\n]{3,}[^.\s]$/, `${of}: ${path}`);
  }
});

Deno.test("trust: these are the powers, and no others", () => {
  const powers = FIELDS.filter(({ trust }) => trust?.class === "power");
  const paths = [...new Set(powers.map(({ of, path }) => `${of.split(" ")[0]} ${path}`))].sort();
  deepEqual(paths, [
    "auth logs.file",
    "auth realm",
    "identities env[]",
    "identities spec.endpoint_url",
    "integrations spec.cluster.certificate_authority_data",
    "integrations spec.cluster.describe_identity",
    "integrations spec.cluster.endpoint",
    "integrations spec.cluster.kubeconfig.mode",
    "integrations spec.cluster.kubeconfig.path",
    "integrations spec.cluster.kubeconfig.update",
    "integrations spec.cluster.proxy_url",
    "integrations spec.cluster.tls_server_name",
    "keyring spec.password_env",
    "keyring spec.path",
    "providers assertion_file",
    "providers browser_executable_path",
    "providers browser_profile",
    "providers browser_type",
    "providers password",
    "providers spec.aws.resolver.url",
    "providers spec.endpoint_url",
    "providers spec.files.base_path",
    "providers spec.token_file",
    "providers url",
    "providers username",
  ]);
});

Deno.test("trust: where links lead from it is a part of every power that names a file or a directory", () => {
  const named = FIELDS.filter(({ path }) => /(?:path|file|profile|dir|directory)$/.test(path.toLowerCase()));
  ok(named.length >= 8);
  for (const { of, path, trust } of named) {
    equal(trust?.class === "power" && trust.namesFile, true, `${of}: ${path}`);
  }
});

Deno.test("the table of fields: a class covers what is inside; lists, alternatives and forbidden fields", () => {
  const schema = v.object({
    plain: v.optional(ordinary(v.pipe(v.string(), v.description("a name")))),
    none: v.string(),
    not: v.optional(v.never("must not be there")),
    whole: power(v.object({ inner: v.string() }), "does it all"),
    map: v.optional(v.object({ deep: v.object({ er: ordinary(v.boolean()) }), bare: v.number() })),
    items: v.optional(v.pipe(v.array(power(v.string(), "does a bit")), v.description("several"))),
    bareItems: v.array(v.string()),
    record: v.record(v.string(), v.string()),
    either: v.union([v.string(), v.object({ id: ordinary(v.string()) })]),
  });
  deepEqual(fieldsIn(schema).map(({ path, trust }) => [path, trust?.class]), [
    ["plain", "ordinary"],
    ["none", undefined],
    ["whole", "power"],
    ["map.deep.er", "ordinary"],
    ["map.bare", undefined],
    ["items[]", "power"],
    ["bareItems[]", undefined],
    ["record", undefined],
    ["either.id", "ordinary"],
  ]);
  equal(fieldsIn(schema)[0]?.about, "a name");
});
