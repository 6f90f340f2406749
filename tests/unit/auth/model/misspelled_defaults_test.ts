import { deepEqual, equal, throws } from "node:assert/strict";
import { readAuth } from "../../../../src/auth/model/read_auth.ts";
import { evidentIdentity, filterByTags, selectIdentity } from "../../../../src/auth/model/select_identity.ts";
import { locatedFrom } from "../../../support/config/located_from.ts";

async function modelOf(identities: Readonly<Record<string, string>>) {
  const lines = Object.entries(identities).map(([name, fields]) => `  ${name}: {kind: aws/ambient, ${fields}}`);
  return (await readAuth(locatedFrom(["identities:", ...lines].join("\n")))).model;
}

/** The identity that is taken where nothing names one, or what is wrong. */
async function evident(identities: Readonly<Record<string, string>>): Promise<string | undefined> {
  const model = await modelOf(identities);
  try {
    return evidentIdentity(model);
  } catch (error) {
    return `${(error as { code: string }).code}: ${(error as Error).message.replace(/^.*?: /, "")}`;
  }
}

const FOUND = /^config-invalid: auth\.identities\.prod\.(\S+): unknown key; did you mean "default"\?/;

Deno.test("a misspelled default that would change the choice is an error, at its place", async () => {
  for (const key of ["defualt", "defalt", "Default", "DEFAULT", "defaults", "is_default", "dflt", "defaut"]) {
    const found = FOUND.exec(await evident({ prod: `${key}: true`, dev: "" }) ?? "");
    // One letter in three is a slip; more are another word.
    equal(found?.[1], key === "dflt" ? undefined : key);
  }
  for (const value of ["true", "yes", "1", "prod", "{a: 1}"]) {
    equal(FOUND.test((await evident({ prod: `defualt: ${value}`, dev: "default: true" }))!), true, value);
  }
  const model = await modelOf({ dev: "", prod: "defualt: true" });
  for (const interactive of [true, false]) {
    throws(() => selectIdentity(model, { said: undefined, interactive }), (error: { place: { line: number } }) => {
      equal(error.place.line, 3);
      return true;
    });
  }
});

Deno.test("a section that is nearly called identities: there may be a default in it", async () => {
  const models = async (text: string) => (await readAuth(locatedFrom(text))).model;
  for (const key of ["identites", "Identity", "identies"]) {
    const model = await models(`${key}: {dev: {kind: aws/ambient}}`);
    const message = new RegExp(`auth\\.${key}: unknown key; did you mean "identities"`);
    throws(() => evidentIdentity(model), { code: "config-invalid", message });
    throws(() => selectIdentity(model, { said: undefined, interactive: true }), { code: "config-invalid" });
  }
  equal(evidentIdentity(await models("identites: {dev: {kind: aws/ambient}}\nidentities: {}")), undefined);
  equal(evidentIdentity(await models("realm: identities")), undefined);
});

Deno.test("a misspelled default that changes nothing is none", async () => {
  equal(await evident({ prod: "defualt: true" }), "prod");
  equal(await evident({ prod: "defualt: false", dev: "default: true" }), "dev");
  equal(await evident({ prod: "defualt:", dev: "default: true" }), "dev");
  equal(await evident({ prod: "defualt: true, default: false", dev: "default: true" }), "dev");
  equal(await evident({ prod: "x-default: true", dev: "default: true" }), "dev");
  const model = await modelOf({ prod: "defualt: true", dev: "tags: [a]" });
  deepEqual(selectIdentity(model, { said: "dev", interactive: false }), { kind: "named", name: "dev" });
  equal(selectIdentity(model, { said: "", interactive: true }).kind, "ask");
  equal(evidentIdentity(filterByTags(model, ["a"])), "dev");
});
