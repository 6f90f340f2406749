import type { GenericSchema } from "valibot";
import { AUTH } from "../../../src/auth/model/settings.ts";
import { fieldsIn } from "../../../src/config/schema/field_table.ts";
import { validated } from "../config/auth_texts.ts";
import { plain } from "../config/config_files.ts";
import { registeredKinds } from "../config/kinds.ts";
import { locatedFrom } from "../config/located_from.ts";

export type Data = Record<string, unknown>;

/** A field of atmos.yaml with a value that could be anyone's. */
export interface CanaryField {
  /** `identities aws/assume-role: principal.external_id`. */
  readonly name: string;
  /** A form that the field takes; `@N@` stands for the canary, and `@D@` for one of digits. */
  readonly value: string;
  /** The files of the repository with this in the field's place, each by its path there. */
  render(value: string): Readonly<Record<string, string>>;
}

/** Names of the entries that commands are given. */
export const NAMES = { identity: "dev-admin", provider: "it", cluster: "dev/eks", registry: "dev/ecr" } as const;

const ROLE = "arn:aws:iam::123456789012:role/deployer";
const BASE: Readonly<Record<string, Readonly<Record<string, Data>>>> = {
  providers: {
    "company-sso": {
      kind: "aws/iam-identity-center",
      start_url: "https://corp.awsapps.com/start",
      region: "us-east-2",
    },
  },
  identities: { "dev-admin": { kind: "aws/ambient", default: true }, "org-admin": { kind: "aws/ambient" } },
  integrations: {
    "dev/eks": {
      kind: "aws/eks",
      via: { identity: "dev-admin" },
      spec: { cluster: { name: "dev-cluster", region: "us-east-2", alias: "dev" } },
    },
    "dev/ecr": {
      kind: "aws/ecr",
      via: { identity: "dev-admin" },
      spec: { registry: { account_id: "123456789012", region: "us-east-2" } },
    },
  },
};

const REPOSITORY = {
  "atmos.yaml": {
    auth: BASE,
    base_path: ".",
    stacks: { base_path: "stacks", included_paths: ["**/*"], name_pattern: "{stage}" },
    components: { helmfile: { cluster_name_pattern: "{stage}-cluster" } },
  },
  "stacks/dev.yaml": {
    vars: { stage: "dev" },
    components: { terraform: { eks: { vars: { region: "us-east-2" } } } },
  },
} as const satisfies Readonly<Record<string, Data>>;

function repository(atmos: Data): Readonly<Record<string, string>> {
  const files = { ...REPOSITORY, "atmos.yaml": { ...REPOSITORY["atmos.yaml"], ...atmos } };
  return Object.fromEntries(Object.entries(files).map(([path, data]) => [path, withRaw(JSON.stringify(data))]));
}

/** Every form that a field takes which has room for a text of someone's. */
const FORMS: readonly string[] = [
  ...["@N@", "zz-@N@-1", "@D@", "https://@N@.awsapps.com/start", "https://@N@.example.com", "@N@@example.com"],
  ...["role", "mfa", "policy", "saml-provider"].map((sort) => `arn:aws:iam::123456789012:${sort}/@N@`),
  ...["arn:aws:iam::aws:policy/root-task/@N@", "arn:aws:iam::aws:policy/@N@", "socks5://@N@:1080", "./@N@"],
  '{"Version":"2012-10-17","Id":"@N@","Statement":[]}',
  btoa("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"),
];

/** Fields that say something only together with others. */
const BESIDE: Readonly<Record<string, Data>> = {
  "spec.cluster.endpoint": { "spec.cluster.certificate_authority_data": FORMS.at(-1) },
  "spec.cluster.certificate_authority_data": { "spec.cluster.endpoint": "https://eks.example.com" },
  "credentials.access_key_id": { "credentials.secret_access_key": "x" },
  "credentials.secret_access_key": { "credentials.access_key_id": "AKIAIOSFODNN7EXAMPLE" },
  "provider_type": { driver: undefined },
};

/** What names entries, or says which schema is meant. */
const NO_VALUES = /^(?:kind|type|via(?:\.|$))/;

const PLACE = "@PLACE@";

/** Returns the fields of every kind of entry, of the auth section itself, and of what commands read beside it. */
export async function canaryFields(): Promise<readonly CanaryField[]> {
  const kinds = (await registeredKinds()).flatMap(({ section, key, kind }) => {
    const example = Object.values(plain(locatedFrom(kind.example)) as Data)[0] as Data;
    return fieldsOf({ section, key, schema: kind.schema, example });
  });
  const own = fieldsOf({ section: "auth", key: "", schema: AUTH, example: {} });
  const found = await Promise.all([...kinds, ...own].map(withForm));
  return [...found.flatMap((one) => one ?? []), ...SETTINGS.map(settingField)];
}

/** What commands read beside the auth section: of atmos.yaml, of a stack, and of a component in it. */
const SETTINGS: readonly { readonly file: keyof typeof REPOSITORY; readonly path: string; readonly value: string }[] = [
  ...["cluster_name", "cluster_name_pattern", "cluster_name_template", "helm_aws_profile_pattern", "kubeconfig_path"]
    .map((name) => ({ file: "atmos.yaml", path: `components.helmfile.${name}`, value: "@N@" } as const)),
  { file: "atmos.yaml", path: "env.OTHER", value: "@N@" },
  { file: "atmos.yaml", path: "base_path", value: "@N@" },
  { file: "atmos.yaml", path: "stacks.base_path", value: "@N@" },
  { file: "atmos.yaml", path: "stacks.name_pattern", value: "{stage}-@N@" },
  { file: "atmos.yaml", path: "logs.file", value: "@N@" },
  { file: "stacks/dev.yaml", path: "vars.stage", value: "@N@" },
  ...["settings.note", "env.OTHER", "metadata.component", "vars.note"].map((path) => (
    { file: "stacks/dev.yaml", path: `components.terraform.eks.${path}`, value: "@N@" } as const
  )),
  { file: "stacks/dev.yaml", path: "components.terraform.eks.vars.region", value: "zz-@N@-1" },
  ...["auth.identities.dev-admin.region", "auth.integrations.dev/eks.spec.cluster.region"].map((path) => (
    { file: "stacks/dev.yaml", path: `components.terraform.eks.${path}`, value: "zz-@N@-1" } as const
  )),
];

function settingField({ file, path, value }: typeof SETTINGS[number]): CanaryField {
  const render = (text: string) => ({
    ...repository({ auth: BASE }),
    [file]: withRaw(JSON.stringify(put(REPOSITORY[file], path.split("."), raw(text)))),
  });
  return { name: `${file}: ${path}`, value, render };
}

interface Field {
  readonly section: string;
  readonly key: string;
  readonly path: string;
  readonly example: Data;
}

interface FieldsInput extends Omit<Field, "path"> {
  readonly schema: GenericSchema;
}

function fieldsOf({ schema, ...of }: FieldsInput): readonly Field[] {
  const paths = fieldsIn(schema).map(({ path }) => path).filter((path) => !NO_VALUES.test(path));
  const sections = ["providers", "identities", "integrations", "keyring"];
  const parts = paths.includes("principal.account") ? ["principal.account.id", "principal.account.name"] : [];
  return [...new Set([...paths, ...parts])].filter((path) => of.section !== "auth" || !sections.includes(path))
    .map((path) => ({ ...of, path }));
}

/** A field that no form fits, such as a switch, has no room for anything of someone's. */
async function withForm(field: Field): Promise<CanaryField | undefined> {
  const { section, key, path } = field;
  const name = `${section} ${key}: ${path}`;
  for (const form of FORMS) {
    for (const shape of SHAPES) {
      const render = (value: string) => repository({ auth: authWithValue(field, shape(value)) });
      const sample = fillCanary(form, "canaryaaaa").value;
      const { problems } = await validated(render(JSON.stringify(sample))["atmos.yaml"]!);
      const isTaken = problems.every(({ severity, message }) => severity === "warning" && !/no effect/.test(message));
      if (isTaken) return { name, value: form, render };
    }
  }
  return undefined;
}

/** A value by itself, as one of a list, and in a mapping. */
const SHAPES: readonly ((value: string) => unknown)[] = [
  (value) => raw(value),
  (value) => [raw(value)],
  (value) => ({ team: raw(value) }),
  (value) => ({ key: "OTHER", value: raw(value) }),
];

interface Raw {
  readonly [PLACE]: string;
}

/** Text that stands in the configuration as it is. */
function raw(value: string): Raw {
  return { [PLACE]: value };
}

/** Returns a form with a canary of its own, and what is looked for. */
export function fillCanary(form: string, canary: string): { readonly value: string; readonly needle: string } {
  const digits = [...canary.slice(-5)].map((letter) => letter.charCodeAt(0) % 26 + 10).join("");
  const value = form.replaceAll("@N@", canary).replaceAll("@D@", `98${digits.slice(0, 10)}`);
  return { value, needle: form.includes("@N@") ? canary : value };
}

function authWithValue({ section, key, path, example }: Field, value: unknown): Data {
  const keys = path.split(".").map((name) => name.replace("[]", ""));
  const beside = Object.entries(BESIDE[path] ?? {}).reduce((all, [at, one]) => put(all, at.split("."), one), example);
  const filled = path.endsWith("[]") && !Array.isArray(value) ? [value] : value;
  const entry = put(
    section === "auth" ? beside : { ...beside, [section === "keyring" ? "type" : "kind"]: key },
    keys,
    filled,
  );
  return authWith(section, entry);
}

function withRaw(json: string): string {
  return json.replace(/\{"@PLACE@":("(?:[^"\\]|\\.)*")\}/g, (_, text) => `${JSON.parse(text)} `);
}

/** The entry, and the others that lead to it and are reached by it. */
function authWith(section: string, entry: Data): Data {
  if (section === "auth") return { ...BASE, ...entry };
  if (section === "keyring") {
    const identities = { ...BASE["identities"], me: { kind: "aws/user", credentials: { region: "us-east-2" } } };
    return { ...BASE, identities, keyring: entry };
  }
  if (section === "integrations") {
    const name = entry["kind"] === "aws/eks" ? NAMES.cluster : NAMES.registry;
    return { ...BASE, integrations: { ...BASE["integrations"], [name]: { ...entry, via: { identity: "dev-admin" } } } };
  }
  const [identity] = [NAMES.identity];
  if (section === "providers") {
    const reached = entry["kind"] === "aws/iam-identity-center"
      ? { kind: "aws/permission-set", principal: { name: "Admin", account: { id: "123456789012" } } }
      : { kind: "aws/assume-role", principal: { assume_role: ROLE } };
    const identities = { ...BASE["identities"], [identity]: { ...reached, default: true, via: { provider: "it" } } };
    return { ...BASE, providers: { ...BASE["providers"], it: entry }, identities };
  }
  const via = entry["via"] as Data | undefined;
  const before = via?.["identity"] === identity ? { ...entry, via: { identity: "org-admin" } } : entry;
  return { ...BASE, identities: { ...BASE["identities"], [identity]: { default: true, ...before } } };
}

function put(entry: Data, [name, ...rest]: readonly string[], value: unknown): Data {
  const inner = entry[name!];
  const below = typeof inner === "object" && !Array.isArray(inner) ? inner as Data : {};
  const made = rest.length === 0 ? value : put(below, rest, value);
  return Object.fromEntries(Object.entries({ ...entry, [name!]: made }).filter(([, one]) => one !== undefined));
}
