import { deepEqual, equal, ok } from "node:assert/strict";
import { formatProblem } from "../../src/config/schema/entry.ts";
import { validated } from "../support/config/auth_texts.ts";

const BROKEN = "tests/testdata/auth/broken";
const CASES = [...Deno.readDirSync(BROKEN)].map(({ name }) => name).filter((name) => name.endsWith(".yaml")).sort();

async function problemLines(name: string): Promise<readonly string[]> {
  const { problems } = await validated(Deno.readTextFileSync(`${BROKEN}/${name}`), name);
  return problems.map((one) => `${one.severity} ${formatProblem(one)}`);
}

for (const name of CASES) {
  Deno.test(`auth problems: ${name} gives exactly the expected lines`, async () => {
    const expected = Deno.readTextFileSync(`${BROKEN}/${name.replace(".yaml", ".expected")}`);
    deepEqual(await problemLines(name), expected.split("\n").filter((line) => line !== ""));
  });
}

Deno.test("auth problems: there are many cases, and only the odd_ ones have no error", async () => {
  ok(CASES.length >= 80);
  for (const name of CASES) {
    const hasError = (await problemLines(name)).some((line) => line.startsWith("error "));
    equal(hasError, !name.startsWith("odd_"), name);
  }
});

Deno.test("auth problems: no secret of any case is told", async () => {
  const all = (await Promise.all(CASES.map(problemLines))).flat().join("\n");
  for (const secret of ["hunter2", "31337", "wJalrXUtnFEMI"]) equal(all.includes(secret), false, secret);
});

Deno.test("auth problems: the document's examples, word for word, have no error but for what they leave out", async () => {
  const parts = ["configuration", "single_cluster", "multi_cluster", "custom_path"];
  const found = await Promise.all(parts.map((part) => validated(example(part), part)));
  deepEqual(found.map(({ problems }) => problems.map((one) => `${one.severity} ${one.path}`)), [
    [],
    ["error auth.identities.dev-admin.via.provider"],
    ["error auth.identities.platform-admin.via.provider"],
    ["error auth.integrations[dev/eks].via.identity"],
  ]);
});

Deno.test("auth problems: each example is wholly valid with the providers and identities of the first", async () => {
  const providers = /^ {2}providers:\n(?: {4}.*\n)+/m.exec(example("configuration"))![0];
  const identities = /^ {2}identities:\n(?: {4}.*\n|\n(?= {4}))+/m.exec(example("configuration"))![0];
  const whole = {
    single: example("single_cluster").replace("auth:\n", `auth:\n${providers}`),
    multi: example("multi_cluster").replace("auth:\n", `auth:\n${providers}`),
    path: example("custom_path").replace("auth:\n", `auth:\n${providers}${identities}`),
  };
  for (const [name, text] of Object.entries(whole)) {
    const { model, problems } = await validated(text);
    deepEqual(problems, [], name);
    ok(model.integrations.has("dev/eks"), name);
  }
  const prod = (await validated(whole.multi)).model.integrations.get("prod/eks");
  equal(prod?.autoProvision, false);
});

function example(name: string): string {
  return Deno.readTextFileSync(`tests/testdata/auth/documented/${name}.yaml`);
}
