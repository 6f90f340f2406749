import { equal, ok } from "node:assert/strict";
import { app } from "../../../../src/app.ts";
import { command } from "../../../../src/cli/args/command.ts";
import { fakeHost, type FakeHostOptions } from "../../../support/host/fake_host.ts";

const words = "word ".repeat(60).trim();
const definition = command({
  name: "version",
  summary: words,
  flags: { flag: { kind: "switch", summary: words } },
  args: { placeholder: "thing", summary: words, max: 1 },
  examples: [{ says: words, line: `atmos version${" --flag".repeat(30)}` }],
  needs: [],
  run: () => 0,
});

async function help(argv: readonly string[], options: FakeHostOptions): Promise<string> {
  const host = fakeHost(options);
  const registry = { version: () => Promise.resolve({ definition }) };
  equal(await app({ host, registry, giveUp: () => {} }, argv), 0);
  return host.seen.out;
}

const PAGES = [["--help"], ["help"], ["help", "version"], ["version", "-h"], ["help", "flags"]];

for (const [columns, width] of [[40, 60], [60, 60], [80, 80], [100, 100], [200, 100]] as const) {
  Deno.test(`help: on a terminal of ${columns} columns no line has more than ${width}, and no word is broken`, async () => {
    for (const argv of PAGES) {
      const lines = (await help(argv, { size: { columns, rows: 24 } })).split("\n");
      for (const line of lines) ok(line.length <= width && line === line.trimEnd(), `${argv}: ${line}`);
      ok(lines.some((line) => line.length > width - 10), `${argv} leaves room`);
      const count = lines.join("\n").match(/\bword\b/g)?.length ?? 0;
      equal(count % 60, 0, `${argv} breaks words`);
    }
  });
}

Deno.test("help: bold and colors only on a terminal whose user wants them", async () => {
  const tty = { tty: { stdin: true, stdout: true, stderr: true } };
  for (const argv of PAGES) {
    ok((await help(argv, tty)).includes("\x1b[1m"), `${argv}`);
    ok(!(await help(argv, { tty: { ...tty.tty, stdout: false } })).includes("\x1b"), `${argv} in a pipe`);
    ok(!(await help(argv, { ...tty, env: { NO_COLOR: "1" } })).includes("\x1b"), `${argv} NO_COLOR`);
    ok(!(await help(["--no-color", ...argv], tty)).includes("\x1b"), `${argv} --no-color`);
  }
});
