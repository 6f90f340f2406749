import { deepEqual, throws } from "node:assert/strict";
import { EMPTY_MODEL, type Identity } from "../../../../src/auth/model/model.ts";
import { selectIdentity, type Selection } from "../../../../src/auth/model/select_identity.ts";

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
      deepEqual([error.code, message.test(error.message), hint.test(error.hint)], ["identity-not-found", true, true]);
      return true;
    });
  fails(
    "b a",
    undefined,
    /^Cannot choose an identity: no identity is the default, and there is no terminal/,
    /\(a, b\)$/,
  );
  fails("b* a* c", undefined, /: several identities are the default, and/, /--identity NAME \(a, b\)$/);
  fails("a*", "", /: none is named, and there is no terminal to ask on$/, /--identity NAME \(a\)$/);
  fails("a b c d e f g h i", undefined, /./, /f, g, h, …\)$/);
  throws(() => chosen(""), { code: "config-not-found", message: /no atmos\.yaml that was read defines one/ });
});
