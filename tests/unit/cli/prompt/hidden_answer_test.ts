import { equal, rejects } from "node:assert/strict";
import { askHidden } from "../../../../src/cli/prompt/hidden_answer.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";

async function typed(...keys: readonly string[]) {
  const host = fakeHost({ keys });
  return { answer: (await askHidden(host, "Password\x07"))?.reveal(), shown: host.seen.err };
}

Deno.test("hidden answer: every character counts and none is shown", async () => {
  const { answer, shown } = await typed(..." pä ss ", "\r");
  equal(answer, " pä ss ");
  equal(shown, "Password\\x07: \n");
});

Deno.test("hidden answer: can be mended", async () => {
  equal((await typed(..."ab", "\x7f", "c", "\x1b[A", "\r")).answer, "ac");
  equal((await typed(..."ab", "\x15", "c", "\r")).answer, "c");
  equal((await typed("a", "\x04", "b", "\r")).answer, "ab");
});

Deno.test("hidden answer: nothing typed, Esc and the end of stdin are none; what was typed before that end counts", async () => {
  equal((await typed("\r")).answer, undefined);
  equal((await typed("a", "\x1b")).answer, undefined);
  equal((await typed("\x04")).answer, undefined);
  equal((await typed()).answer, undefined);
  equal((await typed("a")).answer, "a");
});

Deno.test("hidden answer: Ctrl-C is an interruption, on a line of its own", async () => {
  const host = fakeHost({ keys: ["a", "\x03"] });
  await rejects(askHidden(host, "Password"), { code: "interrupted" });
  equal(host.seen.err, "Password: \n");
});
