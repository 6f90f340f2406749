import { deepEqual, throws } from "node:assert/strict";
import { type AuthModel, EMPTY_MODEL, type Identity } from "../../../../src/auth/model/model.ts";
import type { Broken } from "../../../../src/config/schema/entry.ts";
import {
  evidentIdentity,
  filterByTags,
  selectIdentity,
  type Selection,
} from "../../../../src/auth/model/select_identity.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";
import { refusal } from "../../../support/terminal/refusal.ts";

/** "name*" is a default. */
function chosen(names: string, { said, interactive = false }: Partial<Selection> = {}): unknown {
  const entries = names.split(" ").filter((name) => name !== "").map((text) => {
    const name = text.replace("*", "");
    return [name, { kind: "aws/ambient", name, isDefault: text.endsWith("*") } as unknown as Identity] as const;
  });
  const selected = selectIdentity({ ...EMPTY_MODEL, identities: new Map(entries) }, { said, interactive });
  return selected.kind === "named" ? selected.name : [selected.question, selected.among.map(({ name }) => name).join()];
}

Deno.test("which identity: what is said, the only default, the only one", () => {
  deepEqual(chosen("a b*", { said: "x" }), "x");
  deepEqual(chosen("a b*", { interactive: true }), "b");
  deepEqual(chosen("a"), "a");
});

Deno.test("which identity: asked on a terminal, sorted, of the defaults when there are several", () => {
  const interactive = true;
  deepEqual(chosen("b a", { interactive }), ["No identity is the default. Which one?", "a,b"]);
  deepEqual(chosen("c* b a*", { interactive }), ["Several identities are the default. Which one?", "a,c"]);
  deepEqual(chosen("b a*", { interactive, said: "" }), ["Which identity?", "a,b"]);
  deepEqual(chosen("a", { interactive, said: "" }), ["Which identity?", "a"]);
});

Deno.test("which identity: nobody to ask", () => {
  const fails = (names: string, said: string | undefined, message: RegExp, hint: RegExp) =>
    throws(() => chosen(names, { said }), (error: Error & { hint: string; code: string }) => {
      deepEqual([error.code, message.test(error.message), hint.test(renderRemedy({}, error))], [
        "identity-not-found",
        true,
        true,
      ]);
      return true;
    });
  fails(
    "b a",
    undefined,
    /^Cannot choose an identity: no identity is the default, and there is no terminal/,
    /\(a, b\)$/,
  );
  fails("b* a* c", undefined, /: several identities are the default, and/, /--identity NAME \(a, b\)$/);
  fails("a*", "", /: none was given, and there is no terminal to ask on$/, /--identity NAME \(a\)$/);
  fails("a b c d e f g h i", undefined, /./, /f, g, h, …\)$/);
  throws(() => chosen(""), { code: "config-not-found", message: /no atmos\.yaml that was read defines one/ });
});

/** A broken one, with what can be read of it. */
function broken(name: string, more: Partial<Broken> = {}): Broken {
  const place = { file: "/atmos.yaml", line: 3, column: 5 };
  const problem = { severity: "error", place, path: `auth.identities.${name}`, message: "is broken" } as const;
  return { family: "identities", name, place, kind: undefined, problems: [problem], ...more };
}

function sound(name: string, more: Partial<Identity> = {}): readonly [string, Identity] {
  return [name, { kind: "aws/ambient", name, isDefault: false, tags: [], ...more } as unknown as Identity];
}

Deno.test("which identity: a broken one is as good a choice as any", () => {
  const named = (model: AuthModel) => selectIdentity(model, { said: undefined, interactive: false });
  const others = new Map([sound("dev")]);
  const prod = { kind: "named", name: "prod" };
  deepEqual(named({ ...EMPTY_MODEL, broken: [broken("prod")] }), prod);
  deepEqual(named({ ...EMPTY_MODEL, identities: others, broken: [broken("prod", { isDefault: true })] }), prod);
  const two = { ...EMPTY_MODEL, identities: others, broken: [broken("prod")] };
  throws(() => named(two), refusal({ code: "identity-not-found", hint: /\(dev, prod\)$/ }));
  const defaults = { ...two, identities: new Map([sound("dev", { isDefault: true })]) };
  const both = { ...defaults, broken: [broken("prod", { isDefault: true })] };
  throws(() => named(both), { message: /several identities are the default/ });
  throws(() => evidentIdentity(both), { code: "identity-not-found" });
  deepEqual([evidentIdentity(defaults), evidentIdentity(two), evidentIdentity(EMPTY_MODEL)], [
    "dev",
    undefined,
    undefined,
  ]);
  const asked = selectIdentity(two, { said: "", interactive: true });
  deepEqual(asked.kind === "ask" && asked.among.map(({ name, isBroken }) => [name, isBroken]), [
    ["dev", false],
    ["prod", true],
  ]);
});

Deno.test("which identity: the usual one where a repository adds some, in any letters, were it gone, and no other", () => {
  const two = { ...EMPTY_MODEL, identities: new Map([sound("dev"), sound("theirs")]) };
  const usual = (name: string, model: AuthModel = two) =>
    evidentIdentity({ ...model, usual: { name, by: "auth use" } });
  deepEqual([usual("dev"), usual("DEV"), usual("gone"), usual("dev", EMPTY_MODEL)], ["dev", "dev", "gone", undefined]);
  const theirs = { ...two, identities: new Map([sound("dev"), sound("theirs", { isDefault: true })]) };
  deepEqual(usual("dev", theirs), "theirs");
  // Who is asked for a name is asked all the same.
  throws(
    () => selectIdentity({ ...two, usual: { name: "dev", by: "only own" } }, { said: undefined, interactive: false }),
    {
      code: "identity-not-found",
    },
  );
});

Deno.test("which identity: a section that cannot be read is no missing one", () => {
  const lost = { ...EMPTY_MODEL, broken: [broken("identities", { family: "settings" })] };
  const wanted = {
    code: "config-invalid",
    message: /^Cannot choose an identity: auth\.identities\.identities: is broken$/,
  };
  throws(() => selectIdentity(lost, { said: undefined, interactive: true }), wanted);
  throws(() => evidentIdentity(lost), wanted);
});

Deno.test("which identity: tags of broken ones count", () => {
  const model = { ...EMPTY_MODEL, identities: new Map([sound("dev", { tags: ["x"] })]) };
  const both = { ...model, broken: [broken("prod", { tags: ["y"] }), broken("sso", { family: "providers" })] };
  const found = filterByTags(both, ["y"]);
  deepEqual([found.identities.size, found.broken.map(({ name }) => name)], [0, ["prod", "sso"]]);
  throws(() => filterByTags(both, ["z"]), { hint: "Available tags: x, y" });
});
