import { deepEqual, equal, ok } from "node:assert/strict";
import { Ajv, type ErrorObject } from "ajv";
import { parse } from "yaml";
import { underSection, validated } from "../support/config/auth_texts.ts";
import { registeredKinds } from "../support/config/kinds.ts";
import { authSchema } from "../../scripts/schema/auth_schema.ts";

const SCHEMA = JSON.parse(Deno.readTextFileSync("schema/atmos-auth.json"));
const validate = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false }).compile(SCHEMA);
const BROKEN = "tests/testdata/auth/broken";
const CASES = [...Deno.readDirSync(BROKEN)].map(({ name }) => name).filter((name) => name.endsWith(".yaml")).sort();

/** What another YAML reader and another validator say, without the errors that only sum up others. */
function verdict(text: string): readonly ErrorObject[] {
  const ok = validate(withoutNulls(parse(text)));
  return ok ? [] : validate.errors!.filter(({ keyword }) => keyword !== "if");
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  const filled = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(filled.map(([key, inner]) => [key, withoutNulls(inner)]));
}

function isUnknownKey({ keyword }: ErrorObject): boolean {
  return keyword === "additionalProperties";
}

Deno.test("JSON Schema: the file is what the shapes say", async () => {
  deepEqual(SCHEMA, JSON.parse(JSON.stringify(await authSchema())));
});

Deno.test("JSON Schema: the document's examples and an atmos.yaml without auth are valid", () => {
  for (const name of ["configuration", "single_cluster", "multi_cluster", "custom_path"]) {
    deepEqual(verdict(Deno.readTextFileSync(`tests/testdata/auth/documented/${name}.yaml`)), [], name);
  }
  deepEqual(verdict("base_path: .\nstacks:\n  base_path: stacks\n"), []);
});

Deno.test("JSON Schema: every kind's example is valid, and not with an unknown key or a wrong kind", async () => {
  for (const { section, kind } of await registeredKinds()) {
    const text = underSection(section, kind.example);
    deepEqual(verdict(text), [], kind.name);
    ok(verdict(text.replace(/(kind|type): (.*)\n/, "$1: nonsense\n")).length > 0, kind.name);
    ok(verdict(text.replace(/^( *)((kind|type): .*\n)/m, "$1$2$1nonsense: 1\n")).some(isUnknownKey), kind.name);
  }
});

Deno.test("JSON Schema: both validators find errors in the same shapes", async () => {
  const shapes = CASES.filter((name) => name.startsWith("shape_"));
  ok(shapes.length >= 50);
  for (const name of shapes) {
    const text = Deno.readTextFileSync(`${BROKEN}/${name}`);
    const { problems } = await validated(text);
    ok(problems.some(({ severity }) => severity === "error"), name);
    ok(verdict(text).some((error) => !isUnknownKey(error)), `${name}: the JSON Schema accepts it`);
  }
});

Deno.test("JSON Schema: what depends on other entries or on AWS's limits is no matter of shape", () => {
  for (const name of CASES.filter((name) => /^(?:link|limit)_/.test(name))) {
    deepEqual(verdict(Deno.readTextFileSync(`${BROKEN}/${name}`)), [], name);
  }
});

Deno.test("JSON Schema: of what is odd only unknown keys are refused, and all of them", async () => {
  for (const name of CASES.filter((name) => name.startsWith("odd_"))) {
    const text = Deno.readTextFileSync(`${BROKEN}/${name}`);
    const errors = verdict(text);
    equal(errors.every(isUnknownKey), true, name);
    const unknown = (await validated(text)).problems.filter(({ message }) => message.startsWith("unknown key"));
    equal(errors.length, unknown.length, name);
  }
});

Deno.test("JSON Schema: numbers that a person writes without quotes are accepted as both validators read them", async () => {
  const cluster = (mode: string) =>
    `auth:\n  identities: {x: {kind: aws/ambient}}\n  integrations:\n    a:\n      kind: aws/eks\n      via: {identity: x}\n      spec:\n        cluster:\n` +
    `          name: a\n          region: us-east-2\n          kubeconfig: {mode: ${mode}}\n`;
  for (const mode of ["0600", '"0600"', '"0o600"', "600", "640", '"440"', "777"]) {
    deepEqual(verdict(cluster(mode)), [], mode);
    equal((await validated(cluster(mode))).problems.filter(({ severity }) => severity === "error").length, 0, mode);
  }
  for (const mode of ["88", "1384", "66", "1600", "06000", "-600", '"0800"', '"66"', '"01600"', '"0044"']) {
    ok(verdict(cluster(mode)).length > 0, mode);
    ok((await validated(cluster(mode))).problems.some(({ severity }) => severity === "error"), mode);
  }
});

Deno.test("JSON Schema: the older spelling of via and an empty auth section are accepted, as they are read", async () => {
  const identity = (fields: string) =>
    "auth:\n  providers: {p: {kind: github/oidc, region: us-east-1}}\n  identities:\n    i: {kind: aws/assume-role, " +
    `${fields}principal: {assume_role: "arn:aws:iam::123456789012:role/x"}}\n`;
  for (const [fields, isValid] of [["provider: p, ", true], ["via: {provider: p}, ", true], ["", false]] as const) {
    equal(verdict(identity(fields)).length === 0, isValid, fields);
    const { problems } = await validated(identity(fields));
    equal(problems.every(({ severity }) => severity === "warning"), isValid, fields);
  }
  for (const text of ["auth:\n", "auth: ~\n", "auth: {}\n"]) equal(validate(parse(text)), true, text);
  equal(validate(parse("auth: text\n")), false);
});
