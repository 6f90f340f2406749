import { equal } from "node:assert/strict";
import { paintFor, type PaintInput } from "../../../../src/cli/output/paint.ts";
import { fakeHost, type FakeHostOptions } from "../../../support/host/fake_host.ts";

function painted(options: FakeHostOptions, input: Partial<PaintInput> = {}): string {
  return paintFor(fakeHost(options), { stream: "stdout", globals: { "no-color": false }, ...input })("red", "x");
}

Deno.test("paint: colours only for a terminal, and only where they are wanted", () => {
  const tty = { stdout: true };
  equal(painted({ tty }), "\x1b[31mx\x1b[0m");
  equal(painted({ tty: { stderr: true } }), "x");
  equal(painted({ tty: { stderr: true } }, { stream: "stderr" }), "\x1b[31mx\x1b[0m");
  equal(painted({ tty, env: { NO_COLOR: "1" } }), "x");
  equal(painted({ tty, env: { TERM: "dumb" } }), "x");
  equal(painted({ tty }, { globals: { "no-color": true } }), "x");
});
