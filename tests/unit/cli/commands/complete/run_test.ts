import { equal, match } from "node:assert/strict";
import { runComplete } from "../../../../../src/cli/commands/complete/run.ts";
import { REGISTRY } from "../../../../../src/cli/registry.ts";
import { fakeHost } from "../../../../support/host/fake_host.ts";
import { configWorld } from "../../../../support/config/config_files.ts";

async function ask(args: readonly string[], host = configWorld({}).host): Promise<string> {
  const before = host.seen.out.length;
  equal(await runComplete(host, { registry: REGISTRY, args }), 0);
  return host.seen.out.slice(before);
}

function base64(...words: readonly string[]): string {
  return new TextEncoder().encode(words.join("\n")).toBase64();
}

Deno.test("complete: plain words, for zsh and fish", async () => {
  match(await ask(["--", "aws", ""]), /^words\n(?:\S.*\n)*eks\tSet up kubectl/);
});

Deno.test("complete: a line of bash", async () => {
  equal(await ask(["bash", "--", "atmos vers", "vers", "9", "80"]), "words\nversion\n");
  const list = await ask(["bash", "--", "atmos ", "", "63", "80"]);
  match(list, /^version +\(Show the version\)$/m);
});

Deno.test("complete: words of PowerShell, empty ones and quotes too", async () => {
  equal(await ask(["powershell", base64("atmos", "ver")]), "words\nversion\tversion\tShow the version\n");
  match(await ask(["powershell", base64("atmos", "aws", "")]), /^words\n(?:\S.*\n)*eks\teks\t/);
});

Deno.test("complete: what cannot be answered is nothing, never an error", async () => {
  for (const args of [[], ["tcsh", "x"], ["powershell", "%%%"]]) equal(await ask(args), "");
});

Deno.test("complete: where no file can be read at all, words are still there", async () => {
  const asked = (...args: string[]) => ask(args, fakeHost());
  match(await asked("--", "-i", ""), /^words\n[\s\S]*version/);
  equal(await asked("--", "-C", "x", "-i", ""), "");
});
