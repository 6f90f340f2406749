// deno-lint-ignore-file no-control-regex -- what a terminal is sent
import { equal, match, rejects } from "node:assert/strict";
import { chooseOne } from "../../../../src/cli/prompt/choose_one.ts";
import { fakeHost, type FakeHostOptions } from "../../../support/host/fake_host.ts";

const TTY = { stdin: true, stderr: true };
const XTERM = { TERM: "xterm" };
const among = [{ name: "dev", note: "x" }, { name: "Prod\x1b", note: "y" }];

async function chosen(options: FakeHostOptions, noColor = false) {
  const host = fakeHost({ tty: TTY, ...options });
  const option = await chooseOne(host, { question: "Which?", among, globals: { "no-color": noColor } });
  return { name: option?.name, shown: host.seen.err };
}

Deno.test("choose: with keys on a terminal that moves its cursor, in colours unless they are not wanted", async () => {
  const { name, shown } = await chosen({ env: XTERM, keys: ["\x1b[B", "\r"] });
  equal(name, "Prod\x1b");
  match(shown, /\x1b\[36m> dev/);
  for (const plain of [{ env: { ...XTERM, NO_COLOR: "1" } }, { env: XTERM, noColor: true }]) {
    const { shown } = await chosen({ env: plain.env, keys: ["\r"] }, "noColor" in plain);
    match(shown, /\n> dev/);
    equal(/\x1b\[\d+m/.test(shown), false);
  }
});

Deno.test("choose: by number or name on a terminal that does not, and where stderr goes elsewhere", async () => {
  for (const options of [{ env: { TERM: "dumb" } }, {}, { env: XTERM, tty: { stdin: true } }]) {
    const { name, shown } = await chosen({ ...options, lines: ["2"] });
    equal(name, "Prod\x1b");
    equal(shown, "Which?\n  1  dev (x)\n  2  Prod\\x1b (y)\nNumber or name: ");
  }
  equal((await chosen({ lines: [" DEV "] })).name, "dev");
  equal((await chosen({ lines: [""] })).name, undefined);
  equal((await chosen({ lines: [] })).name, undefined);
  await rejects(chosen({ lines: ["3"] }), { code: "usage", message: /"3": it is not in the list$/ });
});

Deno.test("choose: Windows says nothing of its terminals, and all move their cursors", async () => {
  equal((await chosen({ os: "windows", keys: ["\r"] })).name, "dev");
});

Deno.test("choose: nobody is asked without a terminal to answer on", async () => {
  const { name, shown } = await chosen({ env: XTERM, tty: { stderr: true }, keys: ["\r"], lines: ["1"] });
  equal(name, undefined);
  equal(shown, "");
});
