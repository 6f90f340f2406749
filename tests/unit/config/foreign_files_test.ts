import { deepEqual, ok } from "node:assert/strict";
import { loadConfig } from "../../../src/config/load_config.ts";
import { AppError } from "../../../src/errors.ts";
import { configWorld, NOTHING_NAMED } from "../../support/config/config_files.ts";
import { renderRemedy } from "../../../src/cli/output/remedy.ts";

const REPO = "/home/me/repo";

/** Files that are no configuration, or nearly one; each has the word that no message may have. */
const TEXTS = [
  ...["a: *hunter2", "!hunter2 x", "hunter2: 1\nhunter2: 2", "a: !hunter2 x", "a: {hunter2: [", "hunter2", "- hunter2"],
  ...["a: 'hunter2", "%hunter2\n---\na: 1", "a: !!int hunter2", "? [hunter2]\n: 1", "<<: hunter2", "a: !e!hunter2 x"],
  ...["hunter2: !env NO_hunter2", "hunter2: !include nohunter2", "hunter2: !exec hunter2", "a: !!binary hunter2"],
  ...["a:\thunter2\n b: -", "!!int hunter2: 1", "a: !env hunter2 x y z", "a: !include 'q.json .hunter2'"],
  ...["import: [hunter2]", "auth: {identities: {hunter2: hunter2, HUNTER2: 1}}", "logs: [hunter2", "a: b\u0000hunter2"],
  ...["profiles: {default: hunter2}", "auth: hunter2", "hunter2: {a: 1, A: 2}", "a: {hunter2: 1, HUNTER2: 2}"],
];
const WAYS = ["import: [~/x.yaml]", "auth: !include ~/x.yaml", "auth: {identities: !include '~/x.yaml .a'}"];

async function messagesOf(config: string, { text, everyProblem }: { text: string; everyProblem: boolean }) {
  const failed = { status: 1, stdout: "", stderr: "" };
  const files = { [`${REPO}/atmos.yaml`]: config, "/home/me/x.yaml": text, "/home/me/q.json": "{}" };
  const { host } = configWorld({ files, run: [failed, failed], env: { ATMOS_TRUST: "1" } });
  try {
    const { problems } = await loadConfig(host, { ...NOTHING_NAMED, everyProblem });
    return problems.map(({ path, message }) => `${path}: ${message}`);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [`${error.message} ${renderRemedy({}, error)}`];
  }
}

for (const way of WAYS) {
  Deno.test(`a file from beyond the tree, by ${way}: no message quotes it, whatever is wrong with it`, async () => {
    const messages: string[] = [];
    for (const text of TEXTS) {
      for (const everyProblem of [true, false]) messages.push(...await messagesOf(way, { text, everyProblem }));
    }
    ok(messages.length > TEXTS.length);
    deepEqual(messages.filter((message) => /hunter2/i.test(message)), []);
  });
}

Deno.test("a file of the tree is a configuration, and what is wrong with it is told", async () => {
  const files = { [`${REPO}/atmos.yaml`]: "import: [sub/x.yaml]", [`${REPO}/sub/x.yaml`]: "a: *nothing" };
  const { host } = configWorld({ files });
  const error = await loadConfig(host, NOTHING_NAMED).then(() => undefined, (thrown: unknown) => thrown);
  ok(error instanceof AppError && /the alias has no anchor before it/.test(error.message), String(error));
});
