// deno-lint-ignore-file no-control-regex -- what a terminal is sent
import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { chooseMany } from "../../../../src/cli/prompt/choose_many.ts";
import { pickMany } from "../../../../src/cli/prompt/pick_many.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";

const paint = (_: string, text: string) => text;
const among = ["dev/Admin", "dev/Reader", "prod/Admin", "prod/Reader"].map((name) => ({
  name,
  note: name.startsWith("dev") ? "111122223333" : "444455556666",
  group: name.split("/")[1]!,
}));
const [devAdmin, devReader, prodAdmin] = among;

async function pressed(keys: readonly string[], checked: readonly typeof among[number][] = []) {
  const host = fakeHost({ keys });
  const found = await pickMany(host, { question: "Which?", among, checked, groupedBy: "role", paint });
  return { names: found?.map(({ name }) => name), shown: host.seen.err };
}

const CASES: Readonly<Record<string, readonly [keys: readonly string[], names: readonly string[] | undefined]>> = {
  "Enter alone takes the marked one": [["\x1b[B", "\r"], ["dev/Reader"]],
  "Tab checks, and moves on": [["\t", "\t", "\r"], ["dev/Admin", "dev/Reader"]],
  "a blank checks where nothing is typed": [[" ", "\x1b[B", " ", "\r"], ["dev/Admin", "prod/Admin"]],
  "a blank is a filter's where something is typed": [["p", " ", "\x01", "\r"], ["prod/Admin", "prod/Reader"]],
  "Tab again takes the check away": [["\t", "\x1b[A", "\t", "\x1b[B", "\r"], ["prod/Admin"]],
  "Ctrl-A checks all that is shown": [["prod", "\x01", "\r"], ["prod/Admin", "prod/Reader"]],
  "Ctrl-A again takes them away": [["\x01", "\x01", "\r"], ["dev/Admin"]],
  "Ctrl-R checks the same role": [["\x12", "\r"], ["dev/Admin", "prod/Admin"]],
  "what is checked stays so under another filter": [["\t", "prod", "\t", "\r"], ["dev/Admin", "prod/Admin"]],
  "Esc is none": [["\t", "\x1b"], undefined],
  "Ctrl-D is none": [["\x04"], undefined],
  "the end of stdin is none": [["\t"], undefined],
};

for (const [name, [keys, names]] of Object.entries(CASES)) {
  Deno.test(`pickMany: ${name}`, async () => {
    const split = keys.flatMap((key) => /^[a-z]+$/.test(key) ? [...key] : key);
    deepEqual((await pressed(split)).names, names);
  });
}

Deno.test("pickMany: what is checked from the start, and what stays on the screen", async () => {
  const { names, shown } = await pressed(["\r"], [devReader!, devAdmin!, prodAdmin!, among[3]!]);
  deepEqual(names, among.map(({ name }) => name));
  match(shown, /> \[x\] dev\/Admin +111122223333\n {2}\[x\] dev\/Reader/);
  match(shown, /4 of 4 checked; Tab toggles, Ctrl-A all, Ctrl-R same role, Enter confirms/);
  match(shown, /\x1b\[JWhich\? dev\/Admin, dev\/Reader, prod\/Admin and 1 more\n$/);
});

Deno.test("pickMany: Ctrl-C is an interruption, and leaves nothing on the screen", async () => {
  const host = fakeHost({ keys: ["\t", "\x03"] });
  await rejects(pickMany(host, { question: "Which?", among, checked: [], paint }), { code: "interrupted" });
  match(host.seen.err, /\x1b\[\dA\x1b\[J$/);
});

const ANSWERS: Readonly<Record<string, readonly string[] | undefined>> = {
  "": undefined,
  "2": ["dev/Reader"],
  "1,3-4": ["dev/Admin", "prod/Admin", "prod/Reader"],
  "PROD/admin 1": ["dev/Admin", "prod/Admin"],
  "all": among.map(({ name }) => name),
};

const globals = { "no-color": false };

for (const [answer, names] of Object.entries(ANSWERS)) {
  Deno.test(`chooseMany on a terminal that cannot move its cursor: "${answer}"`, async () => {
    const host = fakeHost({ lines: [answer], env: { TERM: "dumb" }, tty: { stdin: true, stderr: true } });
    const found = await chooseMany(host, { question: "Which?", among, checked: [], globals });
    deepEqual(found?.map(({ name }) => name), names);
    match(host.seen.err, /^Which\?\n {2}1 {2}dev\/Admin \(111122223333\)\n/);
  });
}

Deno.test("chooseMany: Enter keeps what is checked, an answer that is none of them is refused, no terminal is none", async () => {
  const host = (line: string) => fakeHost({ lines: [line], env: { TERM: "dumb" }, tty: { stdin: true } });
  const ask = (line: string) => chooseMany(host(line), { question: "?", among, checked: [devReader!], globals });
  equal((await ask(""))?.length, 1);
  await rejects(ask("7"), { code: "usage", hint: /from 1 to 4/ });
  equal(await chooseMany(fakeHost({}), { question: "?", among, checked: among, globals }), undefined);
});
