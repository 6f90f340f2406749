import { equal, match, rejects } from "node:assert/strict";
import { EMPTY_MODEL, type Identity } from "../../../../src/auth/model/model.ts";
import { askForIdentity, type ChoiceInput } from "../../../../src/cli/login/select_identity.ts";
import { fakeHost, type FakeHostOptions } from "../../../support/host/fake_host.ts";

const identity = (name: string) =>
  [name, { kind: "aws/ambient", name, isDefault: false } as unknown as Identity] as const;
const model = { ...EMPTY_MODEL, identities: new Map([identity("b"), identity("a\x1b[2J")]) };
const TTY = { stdin: true, stderr: true };
const named = (identity: string | undefined) => ({ identity, "no-color": false });
const NO_FLAGS = named(undefined);

async function choose(options: FakeHostOptions, input: Partial<ChoiceInput> = {}) {
  const host = fakeHost({ tty: TTY, ...options });
  return {
    name: await askForIdentity(host, { model, directory: undefined, globals: NO_FLAGS, ...input }),
    shown: host.seen.err,
  };
}

Deno.test("choosing: by number or by name in any case; names from outside do not reach the terminal raw", async () => {
  const { name, shown } = await choose({ lines: ["2"] });
  equal(name, "b");
  match(shown, /^No identity is the default\. Which one\?\n {2}1 {2}a\S+ \(aws\/ambient\)\n {2}2 {2}b \(aws\/amb/);
  equal(shown.includes("\x1b"), false);
  equal((await choose({ lines: [" B "] })).name, "b");
});

Deno.test("choosing: the argument before the flag, without a question", async () => {
  equal((await choose({}, { argument: "x", globals: named("y") })).name, "x");
  equal((await choose({}, { globals: named("y") })).name, "y");
});

Deno.test("choosing: no answer is an interruption, a wrong one a usage error", async () => {
  await rejects(choose({ lines: [] }), { code: "interrupted" });
  await rejects(choose({ lines: ["3"] }), { code: "usage", message: /"3": it is not in the list$/ });
});

Deno.test("choosing: nobody is asked in a pipeline, nor without standard input", async () => {
  const undecided = { code: "identity-not-found" };
  await rejects(choose({ env: { CI: "true" } }), undecided);
  await rejects(choose({ tty: { stderr: true } }), undecided);
  await rejects(choose({ tty: { stdin: true } }), undecided);
});

Deno.test("choosing: a broken one is shown as such", async () => {
  const place = { file: "/atmos.yaml", line: 1, column: 1 };
  const problem = { severity: "error", place, path: "auth.identities.c.kind", message: "found x" } as const;
  const broken = [{ family: "identities", name: "c", place, kind: "aws/x", problems: [problem] }] as const;
  const { name, shown } = await choose({ lines: ["c"] }, { model: { ...model, broken } });
  equal(name, "c");
  match(shown, / {2}3 {2}c \(cannot be used, aws\/x\)/);
});

Deno.test("choosing: none is no choice, and the error names what said so; an argument is a name", async () => {
  const hint = /--identity NAME/;
  await rejects(choose({}, { globals: named("No") }), { code: "usage", message: /^Cannot use --identity=No: /, hint });
  const env = { ATMOS_IDENTITY: "0" };
  await rejects(choose({ env }, { globals: named("0") }), {
    code: "usage",
    message: /^Cannot use ATMOS_IDENTITY=0: /,
    hint,
  });
  equal((await choose({ env }, { argument: "off", globals: named("0") })).name, "off");
});
