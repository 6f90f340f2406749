import { equal, match } from "node:assert/strict";
import { answer } from "../../../../src/cli/completion/answer.ts";
import { REGISTRY } from "../../../../src/cli/registry.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { configWorld } from "../../../support/config/config_files.ts";

const host = configWorld({}).host;

function ask(args: readonly string[]): Promise<string> {
  return answer(host, { registry: REGISTRY, args });
}

function base64(...words: readonly string[]): string {
  return new TextEncoder().encode(words.join("\n")).toBase64();
}

Deno.test("answer: plain words, for zsh and fish", async () => {
  match(await ask(["--", "aws", ""]), /^words\n(?:\S.*\n)*eks\tKubernetes clusters/);
});

Deno.test("answer: a line of bash", async () => {
  equal(await ask(["bash", "--", "atmos vers", "vers", "9", "80"]), "words\nversion\n");
  const list = await ask(["bash", "--", "atmos ", "", "63", "80"]);
  match(list, /^version +\(Show the version\)$/m);
});

Deno.test("answer: words of PowerShell, empty ones and quotes too", async () => {
  equal(await ask(["powershell", base64("atmos", "ver")]), "words\nversion\tversion\tShow the version\n");
  match(await ask(["powershell", base64("atmos", "aws", "")]), /^words\n(?:\S.*\n)*eks\teks\t/);
});

Deno.test("answer: what cannot be answered is nothing, never an error", async () => {
  for (const args of [[], ["tcsh", "x"], ["powershell", "%%%"]]) equal(await ask(args), "");
});

Deno.test("answer: where no file can be read at all, words are still there", async () => {
  const asked = (...args: string[]) => answer(fakeHost(), { registry: REGISTRY, args });
  match(await asked("--", "-i", ""), /^words\n[\s\S]*version/);
  equal(await asked("--", "-C", "x", "-i", ""), "");
});
