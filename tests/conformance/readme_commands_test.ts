import { equal, ok } from "node:assert/strict";
import { readCommandLine } from "../../src/cli/args/command_line.ts";
import { REGISTRY } from "../../src/cli/registry.ts";
import { fakeHost } from "../support/host/fake_host.ts";

const README = Deno.readTextFileSync(new URL("../../README.md", import.meta.url));

const lines = [...README.matchAll(/^```(?:sh|yaml)\n([^]*?)^```$/gm)].flatMap(([, block]) =>
  [...block!.matchAll(/(?:^|\$\(|run: )(?:dist\/)?atmos ([^)|#<\n]+)/gm)].map(([, words]) => words!.trim())
);

Deno.test("README: command lines are found", () => {
  ok(lines.length > 10, `${lines.length}`);
});

for (const line of lines) {
  Deno.test(`README: atmos ${line}`, async () => {
    const request = await readCommandLine(fakeHost(), { registry: REGISTRY, argv: line.split(/\s+/) });
    equal(request.kind, "run");
  });
}
