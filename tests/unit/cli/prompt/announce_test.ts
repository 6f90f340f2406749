import { deepEqual } from "node:assert/strict";
import { announce } from "../../../../src/cli/prompt/spinner.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";

const GLOBALS = { "no-color": false, "logs-level": undefined } as unknown as Parameters<typeof announce>[1]["globals"];

Deno.test("what takes a while is said in a line where someone may wait and no line can move: not in a plain pipe", () => {
  const said = (stderr: boolean, env: Readonly<Record<string, string>>, more = {}) => {
    const host = fakeHost({ env, tty: { stderr } });
    announce(host, { text: "Looking for clusters", globals: { ...GLOBALS, ...more } });
    return host.seen.err;
  };
  const LINE = "Looking for clusters …\n";
  deepEqual([said(true, { TERM: "xterm" }), said(false, {})], ["", ""]);
  deepEqual(
    [said(true, { TERM: "dumb" }), said(true, { TERM: "xterm", NO_COLOR: "1" }), said(false, { CI: "true" })],
    [LINE, LINE, LINE],
  );
  deepEqual([said(true, { TERM: "xterm" }, { "no-color": true })], [LINE]);
  deepEqual([said(false, { CI: "true" }, { "logs-level": "error" })], [""]);
});
