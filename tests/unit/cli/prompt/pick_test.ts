// deno-lint-ignore-file no-control-regex -- what a terminal is sent
import { equal, match, rejects } from "node:assert/strict";
import { pick } from "../../../../src/cli/prompt/pick.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";

const plain = (_: string, text: string) => text;
const among = ["dev", "prod\x1b[2J", "admin"].map((name) => ({ name, note: "role" }));

async function pressed(...keys: readonly string[]) {
  const host = fakeHost({ keys });
  const option = await pick(host, { question: "Which?", among, paint: plain });
  return { name: option?.name, shown: host.seen.err };
}

Deno.test("pick: by moving, by typing, by both; what was chosen stays on the screen", async () => {
  equal((await pressed("\r")).name, "dev");
  equal((await pressed("\x1b[B", "\r")).name, "prod\x1b[2J");
  equal((await pressed("\x1b[A", "\r")).name, "admin");
  equal((await pressed("D", "\x1b[B", "\r")).name, "prod\x1b[2J");
  const { name, shown } = await pressed("A", "d", "\x7f", "d", "\r");
  equal(name, "admin");
  match(shown, /\r\x1b\[3A\x1b\[JWhich\? admin\n$/);
});

Deno.test("pick: Esc, Ctrl-D and the end of stdin are none, and leave nothing on the screen", async () => {
  for (const keys of [["\x1b"], ["\x04"], [], ["d", "\x1b"]]) {
    const { name, shown } = await pressed(...keys);
    equal(name, undefined);
    match(shown, /\x1b\[\dA\x1b\[J$/);
  }
});

Deno.test("pick: the end of stdin is none after something was typed, too", async () => {
  equal((await pressed("d")).name, undefined);
});

Deno.test("pick: Enter where nothing fits waits for more", async () => {
  equal((await pressed("z", "\r", "\x15", "\r")).name, "dev");
});

Deno.test("pick: Ctrl-C is an interruption", async () => {
  const host = fakeHost({ keys: ["\x03"] });
  await rejects(pick(host, { question: "Which?", among, paint: plain }), { code: "interrupted" });
  match(host.seen.err, /\x1b\[\dA\x1b\[J$/);
});

Deno.test("pick: each drawing covers the one before, also in a terminal that has become narrower", async () => {
  let columns = 80;
  const host = fakeHost();
  const keys = ["\x1b[B", "\r"];
  const terminal = {
    ...host.terminal,
    size: () => ({ columns, rows: 24 }),
    keys: <T>(body: (next: () => Promise<string | undefined>) => Promise<T>) =>
      body(() => {
        columns = 20;
        return Promise.resolve(keys.shift());
      }),
  };
  await pick({ terminal }, { question: "Which?", among, paint: (_, text) => `\x1b[1m${text}\x1b[0m` });
  // The line of help, of 53 columns, then takes three rows of 20 each, so there are eight.
  match(host.seen.err, /Type to filter: \r\x1b\[7A\x1b\[J/);
});
