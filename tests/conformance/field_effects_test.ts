import { equal, match, ok } from "node:assert/strict";
import type { GenericSchema } from "valibot";
import { AUTH } from "../../src/auth/model/settings.ts";
import { fieldsIn } from "../../src/config/schema/field_table.ts";
import { getMember, getRemarks } from "../../src/config/schema/schema.ts";
import { Secret } from "../../src/secret.ts";
import { validated } from "../support/config/auth_texts.ts";
import { plain } from "../support/config/config_files.ts";
import { registeredKinds } from "../support/config/kinds.ts";
import { locatedFrom } from "../support/config/located_from.ts";
import { markdownBelow } from "../../scripts/docs/pages.ts";

type Data = Record<string, unknown>;

/** Values of every form that a field can want; of each field those that it takes are tried. */
const VALUES: readonly unknown[] = [
  ...[
    true,
    false,
    "eu-west-3",
    "https://other.example.com/page",
    "20m",
    "14m",
    "210987654321",
    "other-name",
    "org-admin",
  ],
  ...["arn:aws:iam::210987654321:role/other", "arn:aws:iam::210987654321:mfa/other", "socks5://localhost:1080"],
  ...["arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy", "arn:aws:iam::aws:policy/ReadOnlyAccess"],
  ...["form", "Okta", "fips", "us-west-2", "replace", "atmos", "0640", "Debug", "chrome"],
  ...[["other"], [{ key: "OTHER", value: "1" }], [{ arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }], { a: "b" }],
  ...["{}", '{"Version":"2012-10-17","Statement":[]}', ["arn:aws:iam::aws:policy/ReadOnlyAccess"]],
  btoa("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"),
];

/** Fields that say something only together with others. */
const BESIDE: Readonly<Record<string, Data>> = {
  "principal.tags": { "principal.transitive_tag_keys": undefined },
  "provider_type": { driver: undefined },
  "session.duration": { "principal.duration": undefined },
  "spec.cluster.endpoint": { "spec.cluster.certificate_authority_data": VALUES.at(-1) },
  "spec.cluster.certificate_authority_data": { "spec.cluster.endpoint": "https://eks.example.com" },
  "credentials.access_key_id": { "credentials.secret_access_key": "x" },
  "credentials.secret_access_key": { "credentials.access_key_id": "AKIAIOSFODNN7EXAMPLE" },
  "principal.transitive_tag_keys": { "principal.tags": { other: "1" } },
};

/** What ATMOS_KEYRING_TYPE=file makes use of. */
const OF_ANOTHER_TYPE = /^spec\./;

/** What names entries, or says which schema is meant, decides more than a value. */
const NO_VALUES = /^(?:kind|type|via(?:\.|$))/;

function put(entry: Data, [name, ...rest]: readonly string[], value: unknown): Data {
  const inner = entry[name!];
  const below = typeof inner === "object" && !Array.isArray(inner) ? inner as Data : {};
  const made = rest.length === 0 ? value : put(below, rest, value);
  return Object.fromEntries(Object.entries({ ...entry, [name!]: made }).filter(([, one]) => one !== undefined));
}

function schemaAt(schema: GenericSchema, path: readonly string[]): GenericSchema | undefined {
  return path.reduce<GenericSchema | undefined>((at, name) => getMember(at, name), schema);
}

/** What is read of an entry, and what is said of it; undefined where it cannot be used. */
async function read(section: string, entry: Data) {
  const others: Readonly<Record<string, Data>> = {
    providers: { "company-sso": { kind: "github/oidc", region: "us-east-1" } },
    identities: { "dev-admin": { kind: "aws/ambient" }, "org-admin": { kind: "aws/ambient" } },
  };
  const auth = section === "auth"
    ? entry
    : section === "keyring"
    ? { keyring: entry }
    : { ...others, [section]: { ...others[section], it: entry } };
  const { model, problems } = await validated(JSON.stringify({ auth }));
  const own = problems.filter(({ path }) => path.startsWith(section === "auth" ? "auth." : `auth.${section}`));
  const isWhole = own.every(({ severity }) => severity === "warning");
  const { realm, logs, keyring, isolatedConsole, providers, identities, integrations } = model;
  const lists = [providers, identities, integrations].map((map) =>
    [...map.values()].map(({ place: _, powers: __, ...one }) => ({ ...one, definedIn: undefined, clashes: undefined }))
  );
  return { isWhole, problems: own, read: visible([realm, logs, keyring, isolatedConsole, lists]) };
}

/** Secrets count by what they hold. */
function visible(value: unknown): string {
  return JSON.stringify(value, (_, one) => one?.reveal === undefined ? one : one.reveal());
}

async function checkField(section: string, { entry, schema, path }: {
  readonly entry: Data;
  readonly schema: GenericSchema;
  readonly path: string;
}): Promise<void> {
  const keys = path.split(".");
  const beside = Object.entries(BESIDE[path] ?? {}).reduce((all, [at, one]) => put(all, at.split("."), one), entry);
  const none = await read(section, put(entry, keys, undefined));
  const effectless = getRemarks(schemaAt(schema, keys)).noEffect !== undefined;
  for (const value of VALUES) {
    const found = await read(section, put(beside, keys, value));
    if (!found.isWhole) continue;
    const told = found.problems.find((one) => one.path.endsWith(`.${path}`))?.message ?? "";
    if (effectless) {
      if (told === "") continue;
      match(told, /^has no effect in atmos for EKS/, path);
      return equal(found.read, none.read, path);
    }
    if (found.read !== none.read || /has no effect/.test(told)) return;
  }
  throw new Error(`auth.${section}: nothing changes with ${path}`);
}

for (const { section, key, kind } of await registeredKinds()) {
  Deno.test(`fields of ${section} ${key}: each changes what is read, or says that it has no effect`, async () => {
    const example = Object.values(plain(locatedFrom(kind.example)) as Data)[0] as Data;
    const entry = { ...example, [section === "keyring" ? "type" : "kind"]: key };
    const paths = fieldsIn(kind.schema).map(({ path }) => path.replace(/\[\].*$/, ""));
    for (const path of new Set(paths)) {
      const isFixed = NO_VALUES.test(path) || (section === "keyring" && key !== "file" && OF_ANOTHER_TYPE.test(path));
      if (!isFixed) await checkField(section, { entry, schema: kind.schema, path });
    }
  });
}

Deno.test("fields of auth itself: each changes what is read, or says that it has no effect", async () => {
  for (const { path } of fieldsIn(AUTH)) {
    if (Object.hasOwn({ providers: 1, identities: 1, integrations: 1, keyring: 1 }, path)) continue;
    await checkField("auth", { entry: {}, schema: AUTH, path });
  }
});

/** What reads entries, and so names every property. */
const SCHEMAS = /src\/(?:auth\/kinds\/|integrations\/(?:eks|ecr)\/).*(?:schema|fields|role_session|_integration)\.ts$/;

function sourcesBelow(directory: string): readonly string[] {
  return [...Deno.readDirSync(directory)].flatMap(({ name, isDirectory }) => {
    const path = `${directory}/${name}`;
    return isDirectory ? sourcesBelow(path) : SCHEMAS.test(path) ? [] : [Deno.readTextFileSync(path)];
  });
}

function propertiesOf(value: unknown): readonly string[] {
  if (value === null || typeof value !== "object" || Array.isArray(value) || value instanceof Secret) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...propertiesOf(inner)]);
}

Deno.test("what is read of an entry is used: no property is named by its schema alone", async () => {
  const sources = sourcesBelow("src").join("\n");
  for (const { section, key, kind } of await registeredKinds()) {
    const example = Object.values(plain(locatedFrom(kind.example)) as Data)[0] as Data;
    const located = locatedFrom(JSON.stringify({ ...example, [section === "keyring" ? "type" : "kind"]: key }));
    const { value } = kind.parseSpec({ located, key: located.place, path: ["it"] });
    const properties = propertiesOf(value);
    ok(properties.length > 0, key);
    for (const name of properties) {
      match(sources, new RegExp(`\\b${name}\\b`), `${key}: ${name}`);
    }
  }
});

Deno.test("every ATMOS_ variable that README and docs/ name is read by the program", () => {
  const sources = [...sourcesBelow("src")].join("\n");
  const named = new Set(
    ["README.md", ...markdownBelow("docs")].flatMap((path) =>
      Deno.readTextFileSync(path).match(/\bATMOS_[A-Z_]*[A-Z]\b/g) ?? []
    ),
  );
  ok(named.size > 20);
  for (const name of named) {
    // Those for helpers of other programs are named in their scripts.
    const isRead = sources.includes(`"${name}"`) || sources.includes(`${name}=`);
    ok(isRead, name);
  }
});
