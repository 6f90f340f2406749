import { equal, match, notEqual } from "node:assert/strict";
import { buildChain } from "../../../../src/auth/model/chain.ts";
import { chainFingerprint } from "../../../../src/auth/model/fingerprint.ts";
import { readAuth } from "../../../../src/auth/model/read_auth.ts";
import { getFields, getRemarks } from "../../../../src/config/schema/schema.ts";
import type { RegisteredKind } from "../../../support/config/kinds.ts";
import { registeredKinds } from "../../../support/config/kinds.ts";
import { locatedFrom } from "../../../support/config/located_from.ts";

type Entry = Readonly<Record<string, unknown>>;
/** Two values that a field may have; `undefined` is none. */
type Pair = readonly [unknown, unknown];

const ROLE = "arn:aws:iam::123456789012:role/x";
const [POLICY, OTHER_POLICY] = [{ Statement: [{ Effect: "Deny" }] }, { Statement: [{ Effect: "Allow" }] }];
const MFA = "arn:aws:iam::123456789012:mfa/a";
const TASK = "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy";

/** What neither decides whose credentials they are nor what they may do. */
const INCIDENTAL: Readonly<Record<string, Pair>> = {
  "default": [true, false],
  "required": [true, false],
  "tags": [["a"], ["b"]],
  "alias": ["a", "b"],
  "env": [[{ key: "A", value: "1" }], [{ key: "A", value: "2" }]],
  "auto_provision_identities": [true, false],
  "console.session_duration": ["1h", "2h"],
  "spec.files.base_path": ["a", "b"],
  "password": ["a", "b"],
  "download_browser_driver": [true, false],
  "browser_type": ["chrome", "msedge"],
  "browser_executable_path": ["/a", "/b"],
  "credentials.webflow_enabled": [true, false],
  "credentials.region": ["us-east-1", "us-east-2"],
  "principal.region": ["us-east-1", "us-east-2"],
};

const INCIDENTAL_OF_KIND: Readonly<Record<string, Readonly<Record<string, Pair>>>> = {
  "keyring file": { "spec.password_env": ["A", "B"] },
  // Only the keyring of encrypted files takes them.
  "keyring system": { "spec.path": ["/a", "/b"], "spec.password_env": ["A", "B"] },
  "keyring memory": { "spec.path": ["/a", "/b"], "spec.password_env": ["A", "B"] },
  "providers aws/iam-identity-center": { "session.duration": ["1h", "2h"] },
  // The region of a provider is where its login is; AWS gives an identity the same credentials in each.
  ...Object.fromEntries(
    ["permission-set", "assume-role", "assume-root", "user", "ambient"]
      .map((kind) => [`identities aws/${kind}`, { region: ["us-east-1", "us-east-2"] }]),
  ),
};

/** Everything else, which counts. */
const DECISIVE: Readonly<Record<string, Pair>> = {
  "start_url": ["https://a.awsapps.com/start", "https://b.awsapps.com/start"],
  "url": ["https://a.example.com/", "https://b.example.com/"],
  "region": ["us-east-1", "us-east-2"],
  "spec.endpoint_url": [undefined, "https://b.example.com"],
  "spec.aws.resolver.url": [undefined, "https://b.example.com"],
  "spec.path": [undefined, "/b"],
  "spec.audience": ["a", "b"],
  "spec.token_file": ["a", "b"],
  "session.duration": ["1h", "2h"],
  "driver": ["form", "browser"],
  "provider_type": ["form", "browser"],
  "username": ["a", "b"],
  "assertion_file": ["a", "b"],
  "browser_profile": ["a", "b"],
  "provider": ["one", "two"],
  "via.provider": ["one", "two"],
  "via.identity": ["parent", "other-parent"],
  "principal.name": ["Admin", "ReadOnly"],
  "principal.account.id": ["123456789012", "210987654321"],
  "principal.account.name": ["dev", "prod"],
  "principal.assume_role": [ROLE, `${ROLE}y`],
  "principal.session_name": ["aa", "bb"],
  "principal.external_id": ["aa", "bb"],
  "principal.duration": ["15m", undefined],
  "principal.source_identity": ["aa", "bb"],
  "principal.policy": [POLICY, OTHER_POLICY],
  "principal.policy_arns": [["arn:aws:iam::aws:policy/A"], ["arn:aws:iam::aws:policy/B"]],
  "principal.tags": [{ a: "1" }, { a: "2" }],
  "principal.transitive_tag_keys": [["a"], ["b"]],
  "principal.mfa_arn": [MFA, `${MFA}b`],
  "principal.target_principal": ["123456789012", "210987654321"],
  "principal.task_policy_arn": [TASK, TASK.replace("S3", "SQS").replace("Bucket", "Queue")],
  "credentials.access_key_id": ["AKIA1", "AKIA2"],
  "credentials.secret_access_key": ["s1", "s2"],
  "credentials.mfa_arn": [MFA, `${MFA}b`],
};

/** What an entry needs besides. */
const LEAST: Readonly<Record<string, Entry>> = {
  "aws/iam-identity-center": { start_url: "https://x.awsapps.com/start", region: "us-east-1" },
  "aws/saml": { url: "https://x.example.com/", region: "us-east-1" },
  "github/oidc": { region: "us-east-1" },
  "aws/permission-set": { via: { provider: "one" }, principal: { name: "Admin", account: {} } },
  "aws/assume-role": { via: { identity: "parent" }, principal: { assume_role: ROLE } },
  "aws/assume-root": {
    via: { identity: "parent" },
    principal: { target_principal: "123456789012", task_policy_arn: TASK },
  },
  "aws/user": { credentials: { access_key_id: "AKIA", secret_access_key: "s" } },
  "aws/ambient": {},
};

const ONE = { kind: "aws/iam-identity-center", ...LEAST["aws/iam-identity-center"] };
const PARENT = {
  kind: "aws/permission-set",
  via: { provider: "one" },
  principal: { name: "Parent", account: { id: "123456789012" } },
};

interface Setting {
  readonly section: string;
  readonly kind: string;
  readonly path: string;
  readonly value: unknown;
}

/** An auth section with an entry of that kind, and the identity whose chain it is a part of. */
function authWith({ section, kind, path, value }: Setting): Entry {
  if (section === "keyring") {
    const keyless = { kind: "aws/user" };
    return { keyring: entryWith({ type: kind }, { path, value }), identities: { who: keyless } };
  }
  const least = { kind, ...LEAST[kind] };
  const entry = entryWith(least, { path, value });
  const isSso = kind === "aws/iam-identity-center";
  const through = isSso
    ? { ...PARENT, via: { provider: "it" } }
    : { kind: "aws/assume-role", via: { provider: "it" }, principal: { assume_role: ROLE } };
  const providers = {
    one: ONE,
    two: { ...ONE, region: "eu-west-1" },
    ...(section === "providers" ? { it: entry } : {}),
  };
  const parents = {
    "parent": PARENT,
    "other-parent": { ...PARENT, principal: { ...PARENT.principal, name: "Other" } },
  };
  return { providers, identities: { ...parents, who: section === "providers" ? through : entry } };
}

function entryWith(least: Entry, { path, value }: Pick<Setting, "path" | "value">): Entry {
  const copy: Record<string, unknown> = { ...least };
  // Either of two ways to say the same is enough, and the older one counts only alone.
  if (path === "provider") delete copy["via"];
  if (path.startsWith("via.")) copy["via"] = {};
  if (path !== "principal.account.name" && copy["kind"] === "aws/permission-set") {
    copy["principal"] = { ...copy["principal"] as Entry, account: { id: "123456789012" } };
  }
  if (path === "principal.transitive_tag_keys") copy["principal"] = { assume_role: ROLE, tags: { a: "1", b: "1" } };
  return value === undefined ? copy : withMember(copy, { keys: path.split("."), value });
}

function withMember(entry: Entry, { keys: [key, ...more], value }: { keys: readonly string[]; value: unknown }): Entry {
  const inner = () => withMember(entry[key!] as Entry | undefined ?? {}, { keys: more, value });
  return { ...entry, [key!]: more.length === 0 ? value : inner() };
}

async function fingerprintWith(setting: Setting): Promise<string> {
  const { model } = await readAuth(locatedFrom(JSON.stringify(authWith(setting))));
  return await chainFingerprint({ chain: buildChain(model, "who"), keyring: model.keyring });
}

/** The paths of the fields that hold values. */
function leaves(schema: RegisteredKind["kind"]["schema"], path: readonly string[] = []): readonly string[] {
  const fields = getRemarks(schema).whole === true ? undefined : getFields(schema);
  if (fields === undefined) return [path.join(".")];
  return Object.entries(fields).flatMap(([key, field]) => leaves(field, [...path, key]));
}

const kinds = (await registeredKinds()).filter(({ section }) => section !== "integrations");

for (const { section, key, kind } of kinds) {
  const own = { ...INCIDENTAL, ...INCIDENTAL_OF_KIND[`${section} ${kind.name}`] };
  const hasVia = LEAST[kind.name]?.["via"] !== undefined;
  const paths = leaves(kind.schema).filter((path) =>
    path !== "kind" && path !== "type" && (hasVia || !/^(?:via|provider)(?:$|\.)/.test(path))
  )
    .filter((path) => path !== "provider" || kind.name !== "aws/assume-root");
  for (const path of paths) {
    const isIncidental = path in own;
    Deno.test(`fingerprint: ${section} ${key}: ${path} ${isIncidental ? "changes nothing" : "counts"}`, async () => {
      const pair = own[path] ?? DECISIVE[path];
      notEqual(pair, undefined, `is ${path} a part of what credentials are? The test must say it`);
      const [one, other] = await Promise.all(
        pair!.map((value) => fingerprintWith({ section, kind: kind.name, path, value })),
      );
      match(one!, /^[0-9a-f]{64}$/);
      equal(one === other, isIncidental);
    });
  }
}

async function fingerprintOf(yaml: string, identity: string): Promise<string> {
  const { model } = await readAuth(locatedFrom(yaml));
  return await chainFingerprint({ chain: buildChain(model, identity), keyring: model.keyring });
}

const LONG = `
providers: {sso: {kind: aws/iam-identity-center, start_url: "https://x.awsapps.com/start", region: us-east-1}}
identities:
  a: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: {id: "123456789012"}}}
  b: {kind: aws/assume-role, via: {identity: a}, principal: {assume_role: "${ROLE}b", tags: {k: v, l: w}}}
  c: {kind: aws/assume-role, via: {identity: b}, principal: {assume_role: "${ROLE}c"}}
`;

Deno.test("fingerprint: of a chain every step counts, and of another identity nothing", async () => {
  const before = await fingerprintOf(LONG, "c");
  for (
    const change of [["x.awsapps", "y.awsapps"], ["Admin", "ReadOnly"], [`${ROLE}b`, `${ROLE}d`], ["k: v", "k: w"]]
  ) {
    notEqual(await fingerprintOf(LONG.replace(change[0]!, change[1]!), "c"), before, change[0]);
  }
  equal(await fingerprintOf(LONG.replace(`${ROLE}c`, `${ROLE}d`), "b"), await fingerprintOf(LONG, "b"));
});

Deno.test("fingerprint: the order in which a mapping is written, and how a value is spelled, change nothing", async () => {
  const before = await fingerprintOf(LONG, "c");
  const spellings = [
    ["k: v, l: w", "l: w, k: v"],
    ["  b:", "  B:"],
    ['account: {id: "123456789012"}', "account: 123456789012"],
    ["kind: aws/permission-set, via: {provider: sso}", "provider: sso, kind: aws/permission-set"],
  ];
  for (const [from, to] of spellings) equal(await fingerprintOf(LONG.replace(from!, to!), "c"), before, to);
});

Deno.test("fingerprint: the keyring counts for a user whose keys are there, and for the roles behind, alone", async () => {
  const yaml = (keyring: string, keys = "") => `
keyring: {type: ${keyring}}
identities:
  user: {kind: aws/user${keys}}
  role: {kind: aws/assume-role, via: {identity: user}, principal: {assume_role: "${ROLE}"}}
`;
  const own = ", credentials: {access_key_id: AKIA1, secret_access_key: s}";
  for (const identity of ["user", "role"]) {
    notEqual(await fingerprintOf(yaml("file"), identity), await fingerprintOf(yaml("system"), identity));
    equal(await fingerprintOf(yaml("file", own), identity), await fingerprintOf(yaml("system", own), identity));
  }
});
